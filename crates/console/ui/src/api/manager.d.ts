// Made by `npm run types` from docs/openapi/manager.json.
export interface paths {
    "/api/manager/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's data sources by name, with their sync state and how much of each is managed.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many items to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Whether to count the whole list too, which takes longer. */
                    with_total?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of data sources */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_ManagedDatasource"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta or the store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/manager/datasources/{id}/available-databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The databases of a data source by name, with what of each is managed.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
                    /** @description How many to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Whether to count the whole list too, which takes longer. */
                    with_total?: boolean;
                };
                header?: never;
                path: {
                    /** @description The data source */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of databases */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AvailableDatabases"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such data source */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta or the store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/manager/datasources/{id}/databases/{database}/available-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tables of a database by schema and name, with what of them is managed.
         * @description They come from the catalog once level 2 has read the whole database, else their names are read
         *     from the server just now; a page of those may be short where `q` is given.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
                    /** @description How many to answer with at most, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Whether to count the whole list too, which takes longer. */
                    with_total?: boolean;
                };
                header?: never;
                path: {
                    /** @description The data source */
                    id: number;
                    /** @description The database's name */
                    database: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of tables */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AvailableTables"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such data source or database */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The data source cannot be read */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta or the store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/manager/manage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adopt a database, or some of its tables.
         * @description Repeating it changes nothing. A deep scan starts at once where that is possible, else as soon as
         *     it is; the objects are pending until then.
         *
         *     Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A key of the caller's choosing, 1 to 255 visible ASCII characters: within a day a request that is sent again under it is not carried out again, and answered as before */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["Manage"];
                };
            };
            responses: {
                /** @description Accepted */
                202: {
                    headers: {
                        /** @description The job of the scan, where one was started */
                        Location?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Managed"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role operator is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such data source or database */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body did not come in time */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body must be JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/manager/managed-objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's managed objects, in the order in which they were adopted.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only those of this data source. */
                    resource_id?: number;
                    /** @description Only those that stand there. */
                    status?: "pending" | "scanning" | "ready" | "failed";
                    /** @description Only those whose database or table contains this, upper and lower case alike. */
                    q?: string;
                    /** @description How many to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                    /** @description Whether to count the whole list too, which takes longer. */
                    with_total?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of managed objects */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_ManagedObject"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/manager/managed-objects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One managed object.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The managed object */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The managed object */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManagedObject"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such managed object */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Release a managed object. The catalog keeps what was read of it.
         * @description One that somebody else adopted must have the permission admin, or the caller the role admin.
         *
         *     Role: operator.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The managed object */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Released */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role operator is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such managed object */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has changed since */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change what others of the tenant may do with a managed object.
         * @description Role: operator.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The managed object */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateManagedObject"];
                };
            };
            responses: {
                /** @description The managed object as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ManagedObject"];
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role operator is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such managed object */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body did not come in time */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has changed since */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description The body must be JSON */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/api/manager/managed-objects/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Some rows of a managed table, read from its server now.
         * @description Each reading is recorded with who asked. Whatever the permission of the object is, it includes this.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Which table, `name` or `schema.name`, where the object is a whole database or its name means several. */
                    table?: string;
                    /** @description How many rows at most, 1 to 1,000 or what the service is set to; 50 if absent. */
                    limit?: number;
                    /** @description Which columns, separated by commas, in this order; all if absent. */
                    columns?: string;
                    /** @description Which rows: columns and values with =, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT. */
                    where?: string;
                    /** @description `json`, or `csv` for rows alone. */
                    format?: "json" | "csv";
                };
                header?: never;
                path: {
                    /** @description The managed object */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Rows, in no particular order */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preview"];
                        "text/csv": string;
                    };
                };
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such managed object, or meta knows no such table */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The table is gone, has not been scanned, or its data source is paused */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many previews of the data source are under way */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The data source cannot be read */
                502: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta or the store cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The rows took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Passed on to meta with the caller's credentials; meta's own document describes what is there.
         * @description Meta may ask for more than this role.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The rest of the path */
                    path: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What meta answers */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /**
         * Passed on to meta with the caller's credentials; meta's own document describes what is there.
         * @description Meta may ask for more than this role.
         *
         *     Role: viewer.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The rest of the path */
                    path: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What meta answers */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /**
         * Passed on to meta with the caller's credentials; meta's own document describes what is there.
         * @description Meta may ask for more than this role.
         *
         *     Role: viewer.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The rest of the path */
                    path: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What meta answers */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        /**
         * Passed on to meta with the caller's credentials; meta's own document describes what is there.
         * @description Meta may ask for more than this role.
         *
         *     Role: viewer.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The rest of the path */
                    path: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What meta answers */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Passed on to meta with the caller's credentials; meta's own document describes what is there.
         * @description Meta may ask for more than this role.
         *
         *     Role: viewer.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The rest of the path */
                    path: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The request cannot be read or has an unknown field */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A valid credential is needed */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The address is too long */
                414: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Some values have to be changed; one entry for each */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The caller asks too often, or more requests came at once than the service works on */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The headers are too many or too large */
                431: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Something went wrong in the service */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Meta cannot be reached */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The request took too long */
                504: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description What meta answers */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
            };
        };
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A database that can be managed. */
        AvailableDatabase: {
            /**
             * Format: int64
             * @description The catalog's id.
             */
            database_id: number;
            /** @description Its name. */
            database_name: string;
            /** @description Whether the login may read it. */
            is_accessible: boolean;
            /** @description Whether the whole database is managed. */
            is_managed: boolean;
            /** @description Whether a deep scan of it has succeeded. */
            is_scanned: boolean;
            /**
             * Format: date-time
             * @description When it was last seen by a level-1 sync.
             */
            last_sync_at?: string | null;
            /**
             * Format: int64
             * @description How many of its tables are managed by themselves.
             */
            managed_tables: number;
            /**
             * Format: int64
             * @description How many tables and views it has.
             */
            table_count?: number | null;
            /**
             * Format: int64
             * @description Data and indexes in bytes.
             */
            total_size_bytes?: number | null;
            /**
             * Format: double
             * @description The same in MiB, two decimals.
             */
            total_size_mb?: number | null;
        };
        /** @description Answer of `GET /datasources/{id}/available-databases`. */
        AvailableDatabases: {
            /** @description Its databases, by name. */
            databases: components["schemas"]["AvailableDatabase"][];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
            /** @description Its name. */
            resource_name: string;
            /**
             * Format: int64
             * @description How many there are in all; only with `with_total=true`, and only where the catalog knows.
             */
            total?: number | null;
        };
        /** @description A table that can be managed. From a live list only the names are known. */
        AvailableTable: {
            /** @description Whether it is managed by itself or with its database. */
            is_managed: boolean;
            /** @description Whether its fields have been read. */
            is_scanned: boolean;
            /**
             * Format: int64
             * @description How many rows.
             */
            row_count?: number | null;
            /** @description Its comment. */
            table_comment?: string | null;
            /**
             * Format: int64
             * @description The catalog's id; null in a live list.
             */
            table_id?: number | null;
            /** @description Its name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
            /** @description Its kind. */
            table_type?: string | null;
        };
        /** @description Answer of `GET /datasources/{id}/databases/{database}/available-tables`. */
        AvailableTables: {
            /** @description The database. */
            database_name: string;
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
            /** @description Its name. */
            resource_name: string;
            /** @description `catalog` once level 2 has run, else `live`: names read from the server just now. */
            source: string;
            /** @description Its tables, by schema and name. */
            tables: components["schemas"]["AvailableTable"][];
            /**
             * Format: int64
             * @description How many there are in all; only with `with_total=true`, and only where the catalog knows.
             */
            total?: number | null;
        };
        /** @description A value that is not shown to its end. */
        CutValue: {
            /** @description Which column, from 0. */
            column: number;
            /** @description Which row, from 0. */
            row: number;
            /**
             * Format: int64
             * @description How many bytes the whole value has; null where the server cannot tell without printing it.
             */
            total_bytes?: number | null;
        };
        /** @description One registered server, as the API shows it: without its password. */
        Datasource: {
            /**
             * Format: date-time
             * @description When it was registered.
             */
            created_at: string;
            /** @description The name that the tenant gave it. */
            datasource_name: string;
            /** @description The protocol that it speaks. */
            datasource_type: components["schemas"]["Engine"];
            /** @description The database to connect to first. */
            default_database?: string | null;
            /** @description Why the last scan failed. */
            error_message?: string | null;
            /** @description What the server says it is: `MySQL`, `MariaDB`, `PostgreSQL`; null until first reached. */
            flavor?: string | null;
            /** @description Host name or address. */
            host: string;
            /**
             * Format: int64
             * @description The id that requests call `resource_id`.
             */
            id: number;
            /**
             * Format: date-time
             * @description When the last reading of level 1 succeeded.
             */
            last_sync_at?: string | null;
            /** @description Further settings. */
            options: components["schemas"]["Options"];
            /** @description Where its password is kept: `env:NAME` or `file:PATH`; null where it is stored, encrypted. */
            password_from?: string | null;
            /** @description Whether it is left alone: no new scan of it starts. */
            paused: boolean;
            /**
             * Format: int32
             * @description TCP port.
             */
            port: number;
            /** @description Facts about the server that decide how names compare, such as `lower_case_table_names`. */
            server_facts: unknown;
            /** @description Its version as it prints it; null until first reached. */
            server_version?: string | null;
            /** @description How deep the last successful reading went: database, table or field; null before the first. */
            sync_level?: string | null;
            /** @description pending, syncing, success, failed: where the last scan of either level stands. */
            sync_status: string;
            /** @description Transport security. */
            tls: components["schemas"]["Tls"];
            /**
             * Format: date-time
             * @description When it last changed.
             */
            updated_at: string;
            /** @description The login. */
            username: string;
        };
        /**
         * @description The protocol that a data source speaks.
         * @enum {string}
         */
        Engine: "mysql" | "postgresql";
        /** @description What is wrong with one field of a request. */
        FieldError: {
            /** @description What to change. */
            detail: string;
            /** @description JSON Pointer (RFC 6901) into the body, or `/name` for a query parameter. */
            pointer: string;
        };
        /**
         * @description Body of `POST /manage`: adopt a database, or some of its tables.
         * @example {
         *       "database": "shop",
         *       "permission": "read",
         *       "resource_id": 1,
         *       "tables": [
         *         "public.orders"
         *       ]
         *     }
         */
        Manage: {
            /** @description The database. */
            database: string;
            /** @description What others of the tenant may do with it. */
            permission?: components["schemas"]["Permission"];
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
            /** @description The tables, `name` or `schema.name`; the whole database when absent. */
            tables?: string[] | null;
            /** @description Start the deep scan at once; the service's setting when absent. */
            trigger_deep_scan?: boolean | null;
        };
        /** @description Answer of `POST /manage`. */
        Managed: {
            /**
             * Format: uuid
             * @description Its job.
             */
            job_id?: string | null;
            /** @description The objects that were asked for, new or not. */
            managed_objects: components["schemas"]["ManagedRef"][];
            /**
             * Format: int64
             * @description The scan that reads them; null while none could be started.
             */
            scan_id?: number | null;
            /** @description `accepted`. */
            status: string;
        };
        /** @description A data source as `manager` lists it. */
        ManagedDatasource: components["schemas"]["Datasource"] & {
            /**
             * Format: int64
             * @description How many objects of it are managed.
             */
            managed_count: number;
        };
        /** @description One managed object, as the API shows it. */
        ManagedObject: {
            /** @description The database. */
            database: string;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /** @description Why it failed. */
            last_error?: string | null;
            /**
             * Format: date-time
             * @description When it was adopted.
             */
            managed_at: string;
            /** @description Who adopted it. */
            managed_by: string;
            /** @description What others of the tenant may do with it. */
            permission: components["schemas"]["Permission"];
            /**
             * Format: date-time
             * @description When it was found to be removed, or its database or data source was; null while it is there.
             */
            removed_at?: string | null;
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
            /** @description The data source's name; null while `meta` cannot be asked or when it is gone. */
            resource_name?: string | null;
            /**
             * Format: int64
             * @description Rows as of the last scan, summed over a whole database; null when unknown.
             */
            row_count?: number | null;
            /**
             * Format: int64
             * @description The scan that reads or last read it.
             */
            scan_id?: number | null;
            /** @description Where it stands. */
            status: components["schemas"]["ManagedStatus"];
            /** @description The table; null for the whole database. */
            table?: string | null;
        };
        /** @description One object in the answer of `POST /manage`. */
        ManagedRef: {
            /** @description Its database. */
            database: string;
            /**
             * Format: int64
             * @description The managed object.
             */
            id: number;
            /** @description Where it stands. */
            status: components["schemas"]["ManagedStatus"];
            /** @description Its table; null for the whole database. */
            table?: string | null;
        };
        /**
         * @description Where a managed object stands.
         * @enum {string}
         */
        ManagedStatus: "pending" | "scanning" | "ready" | "failed";
        /** @description Settings of a data source besides its connection. */
        Options: {
            /** @description Databases whose name one of these patterns matches are left out, whatever else matches. */
            exclude_databases?: string[];
            /**
             * @description Schemas whose name one of these patterns matches are left out, whatever else matches.
             *     `PostgreSQL` only.
             */
            exclude_schemas?: string[];
            /**
             * @description Only databases whose name one of these patterns matches are in the catalog; all when empty.
             *     `*` stands for any characters, `?` for one, and a backslash takes the next character as it
             *     is; upper and lower case differ.
             */
            include_databases?: string[];
            /**
             * @description Only tables in schemas whose name one of these patterns matches are in the catalog; all when
             *     empty. `PostgreSQL` only.
             */
            include_schemas?: string[];
            /**
             * Format: int32
             * @description How many connections to the server may be open at once; the service's setting when absent.
             */
            max_connections?: number | null;
            /** @description Whether pipelines may write to the server. Without it none does, whatever the login may. */
            writable?: boolean;
        };
        /** @description One page of a list. */
        Page_ManagedDatasource: {
            /** @description The items, in the order of the list. */
            items: (components["schemas"]["Datasource"] & {
                /**
                 * Format: int64
                 * @description How many objects of it are managed.
                 */
                managed_count: number;
            })[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_ManagedObject: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description The database. */
                database: string;
                /**
                 * Format: int64
                 * @description Its id.
                 */
                id: number;
                /** @description Why it failed. */
                last_error?: string | null;
                /**
                 * Format: date-time
                 * @description When it was adopted.
                 */
                managed_at: string;
                /** @description Who adopted it. */
                managed_by: string;
                /** @description What others of the tenant may do with it. */
                permission: components["schemas"]["Permission"];
                /**
                 * Format: date-time
                 * @description When it was found to be removed, or its database or data source was; null while it is there.
                 */
                removed_at?: string | null;
                /**
                 * Format: int64
                 * @description The data source.
                 */
                resource_id: number;
                /** @description The data source's name; null while `meta` cannot be asked or when it is gone. */
                resource_name?: string | null;
                /**
                 * Format: int64
                 * @description Rows as of the last scan, summed over a whole database; null when unknown.
                 */
                row_count?: number | null;
                /**
                 * Format: int64
                 * @description The scan that reads or last read it.
                 */
                scan_id?: number | null;
                /** @description Where it stands. */
                status: components["schemas"]["ManagedStatus"];
                /** @description The table; null for the whole database. */
                table?: string | null;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /**
         * @description What others of the tenant may do with a managed object.
         * @enum {string}
         */
        Permission: "read" | "write" | "admin";
        /** @description Some rows of a table, in no particular order. */
        Preview: {
            /** @description The columns, in the order of the values of each row. */
            columns: components["schemas"]["PreviewColumn"][];
            /** @description Which values are not shown to their ends. */
            cut: components["schemas"]["CutValue"][];
            /**
             * @description The rows: for each column null, true or false, a whole number up to 2^53 - 1, or the server's own
             *     text; bytes in hexadecimal digits.
             */
            rows: unknown[][];
            /**
             * Format: int64
             * @description The table.
             */
            table_id: number;
            /** @description Its name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
            /** @description Whether there are more rows than these. */
            truncated: boolean;
            truncated_by?: components["schemas"]["Truncation"] | null;
        };
        /** @description A column of a preview. */
        PreviewColumn: {
            /** @description The type as the server prints it. */
            column_type: string;
            /** @description The neutral type, as a field's. */
            data_type: string;
            /** @description `hex` where values are bytes; null where they are text. */
            encoding?: string | null;
            /** @description Its name. */
            name: string;
        };
        /** @description A problem document, `application/problem+json` (RFC 9457). */
        Problem: {
            /** @description What happened here and what to change. */
            detail: string;
            /** @description One entry for each field that must change. */
            errors?: components["schemas"]["FieldError"][];
            /** @description The path of the request. */
            instance?: string | null;
            /**
             * Format: uuid
             * @description The active job, where the problem is that one is already active.
             */
            job_id?: string | null;
            /** @description The request's id; the log has the cause under the same id. */
            request_id?: string | null;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The kind of problem in a few words; the same for every occurrence. */
            title: string;
            /** @description Stable URI reference of the kind of problem, such as `/problems/datasource-not-found`. */
            type: string;
        };
        /** @description Transport security of a data source. */
        Tls: {
            /**
             * @description Certificates (PEM) of further authorities to trust, beside the public ones. With
             *     `verify-ca` a certificate of any of them passes, whatever host it is for: for an authority
             *     of your own that shall count alone choose `verify-full`.
             */
            ca_certificate?: string | null;
            /** @description How far the connection must be protected. */
            mode?: components["schemas"]["TlsMode"];
        };
        /**
         * @description How far the connection must be protected; the words of libpq's `sslmode`
         *     (`PostgreSQL` manual, "SSL Support").
         * @enum {string}
         */
        TlsMode: "disable" | "prefer" | "require" | "verify-ca" | "verify-full";
        /**
         * @description Why a preview ends before its table.
         * @enum {string}
         */
        Truncation: "rows" | "bytes";
        /**
         * @description Body of `PATCH /managed-objects/{id}`.
         * @example {
         *       "permission": "write"
         *     }
         */
        UpdateManagedObject: {
            /** @description The new permission. */
            permission: components["schemas"]["Permission"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
