// Made by `npm run types` from docs/openapi/meta.json.
export interface paths {
    "/api/metadata/auth/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the credential of this very request is: whose, for which tenant, what it allows and until when.
         * @description It tells of no other credential, so that nobody finds out here what they do not hold already.
         *
         *     Role: viewer.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The credential is good */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Introspection"];
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
    "/api/metadata/auth/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's API keys in the order in which they were made, without their secrets.
         * @description Role: admin.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Also keys that have been revoked. */
                    include_revoked?: boolean;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_ApiKey"];
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
                /** @description The role admin is needed */
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
        /**
         * Make an API key, whose secret this answer shows and no other.
         * @description Role: admin.
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
                    "application/json": components["schemas"]["CreateApiKey"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedApiKey"];
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
                /** @description The role admin is needed */
                403: {
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
                /** @description The request was carried out before, and the secret shown then */
                409: {
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
    "/api/metadata/auth/keys/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an API key of the tenant is: whose, what it allows and until when.
         * @description `manager` asks for each API key that it meets, with a credential of its own, so that guesses are not held against
         *     it. Whoever does not have the key learns nothing: one that nobody made, that has ended or been revoked, and that of
         *     another tenant are not found alike.
         *
         *     Role: viewer, or a service token.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["IntrospectApiKey"];
                };
            };
            responses: {
                /** @description The key is good */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Introspection"];
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
                /** @description The key is not */
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
    "/api/metadata/auth/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One API key, without its secret.
         * @description Role: admin.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The key */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The key */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ApiKey"];
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
         * Revoke an API key for good: meta refuses it from now on, manager within a minute.
         * @description It stays in the list with `include_revoked=true`. Revoking it again changes nothing.
         *
         *     Role: admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The key */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Revoked */
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has changed or been used since */
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
        patch?: never;
        trace?: never;
    };
    "/api/metadata/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a session by the code of a sign-in link, which works once. Needs no credential: the code is one. */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
            responses: {
                /** @description Signed in */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SignedIn"];
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
                /** @description The body did not come in time */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The service signs no tokens itself */
                409: {
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
                /** @description The code was never made, has been used or is too old */
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
    "/api/metadata/auth/sign-in-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let somebody, or yourself, sign in once within ten minutes.
         * @description The answer shows the code this once. Put it into the fragment of a link to the console, `/#sign-in=CODE`, which no
         *     browser sends to a server.
         *
         *     Role: admin.
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
                    "application/json": components["schemas"]["CreateSignInLink"];
                };
            };
            responses: {
                /** @description Made */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedSignInLink"];
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
                /** @description The role admin is needed */
                403: {
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
                /** @description The service signs no tokens itself; or the request was carried out before, and the code shown then */
                409: {
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
    "/api/metadata/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What scans found added, changed and removed, newest first.
         * @description The first whole deep scan of a database writes one `baseline`; changes are recorded from there on.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Changes of this table and its fields. Exactly one of the three ids has to be given. */
                    table_id?: number;
                    /** @description Changes of this database and everything in it. */
                    database_id?: number;
                    /** @description Changes of this data source and everything in it. */
                    resource_id?: number;
                    /** @description Only what was found at this moment or later (RFC 3339). */
                    since?: string;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Change"];
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
                /** @description There is no such table, database or data source in this tenant */
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
                /** @description Not exactly one id was given */
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
    "/api/metadata/databases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The databases of a data source by name.
         * @description Role: viewer, or a service token.
         */
        get: {
            parameters: {
                query: {
                    /** @description The data source. */
                    resource_id: number;
                    /** @description Only the database of exactly this name. */
                    name?: string;
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
                    /** @description Also databases that are gone. */
                    include_removed?: boolean;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Database"];
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
                /** @description There is no such data source in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/databases/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One database.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The database */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The database */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Database"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/databases/{id}/table-names": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The names of a database's tables, read from the server now: for databases that have not been
         *     scanned.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many items to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description The database */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page, by schema and name */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_TableName"];
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
                /** @description There is no such database in this tenant */
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
    "/api/metadata/datasources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's data sources by name.
         * @description Role: viewer, or a service token.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Datasource"];
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
        /**
         * Register a data source; its first level-1 sync starts by itself.
         * @description Role: admin.
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
                    "application/json": components["schemas"]["CreateDatasource"];
                };
            };
            responses: {
                /** @description Registered, and level 1 has been queued */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedDatasource"];
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
                /** @description The role admin is needed */
                403: {
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
                /** @description The name is taken */
                409: {
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
    "/api/metadata/datasources/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a connection step by step without saving it. A failed test is an answer, not an error.
         * @description Role: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TestConnection"];
                };
            };
            responses: {
                /** @description What each step found */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestReport"];
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
                /** @description The role admin is needed */
                403: {
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
    "/api/metadata/datasources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One data source.
         * @description Role: viewer, or a service token.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The data source */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The data source, without its secret */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Datasource"];
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
                /** @description There is none in this tenant */
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
         * Delete a data source with its catalog and its history of scans.
         * @description Role: admin.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description The name of the data source, repeated, so that none is deleted by a slip. */
                    confirm?: string;
                };
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The data source */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
                /** @description The name was not repeated */
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
         * Change a data source; what the request leaves out stays.
         * @description A sync starts by itself where the change lets it find something else: another connection or other
         *     patterns. A new name, connection cap or pause needs none.
         *
         *     Role: admin.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The data source */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateDatasource"];
                };
            };
            responses: {
                /** @description The data source as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Datasource"];
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
                /** @description The name is taken */
                409: {
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
    "/api/metadata/datasources/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try the connection of a registered data source step by step.
         * @description Role: admin.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The data source */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What each step found */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TestReport"];
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The fields of a table by position.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query: {
                    /** @description The table. */
                    table_id: number;
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
                    /** @description Also fields that are gone. */
                    include_removed?: boolean;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Field"];
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
                /** @description There is no such table in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/fields/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One field.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The field */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The field */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Field"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The job log, newest first.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only this type, such as `DEEP_SCAN`. */
                    type?: string;
                    /** @description Only jobs in this state. */
                    status?: components["schemas"]["JobStatus"];
                    /** @description Only this scope. */
                    scope?: string;
                    /** @description Only jobs accepted since then (RFC 3339). */
                    since?: string;
                    /** @description Only jobs that read this data source. */
                    resource_id?: number;
                    /** @description Only runs of this pipeline. */
                    pipeline_id?: number;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Job"];
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
        /**
         * Report a run of a program outside: its start, or the whole of it once it has ended.
         * @description A report with an `external_id` that is known is about the same run: it says how far that has come, as
         *     `PATCH /jobs/{id}` does, and may be sent again whenever it is unclear whether it has arrived. The report of
         *     a start that comes after the end changes nothing.
         *
         *     A run that is not heard of for `jobs.external_silence_seconds` ends as FAILED; the end that its program
         *     reports later takes the place of that one.
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
                    "application/json": components["schemas"]["ReportJob"];
                };
            };
            responses: {
                /** @description The run that has this external_id, as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetails"];
                    };
                };
                /** @description A new run */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetails"];
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
                /** @description The body did not come in time */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Another run has this external_id, or the run has ended otherwise */
                409: {
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
                /** @description A value has to be changed */
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
    "/api/metadata/jobs/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What becomes of all jobs, as server-sent events: at first an event named `open`, which has no job, then the jobs
         *     that wait or run, and each one that is new or has changed when that happens, at most a few times a second.
         * @description An event's data is a job as `GET /jobs` lists it; its id tells when that was read. Whoever comes back with it as
         *     `Last-Event-ID` is also told of the jobs that have ended in the meantime, those of the last hour, and of some a second
         *     time: `version` tells which state of a job is the newer one. Of what waits or runs the first 500 are told, and of
         *     what has ended the last 500; `GET /jobs` lists them all. Any replica serves it. The stream ends with the caller's
         *     token.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only jobs of this type, such as `DEEP_SCAN`. */
                    type?: string;
                    /** @description Only jobs of this scope. */
                    scope?: string;
                    /** @description Only jobs that read this data source. */
                    resource_id?: number;
                    /** @description Only runs of this pipeline. */
                    pipeline_id?: number;
                };
                header?: {
                    /** @description The id of the last event seen; only what is newer is sent */
                    "Last-Event-ID"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": unknown;
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
    "/api/metadata/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job, with the attempts at it.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The job */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The job */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetails"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Report how far a run of a program outside has come, that it lives, or how it has ended.
         * @description The service that an `HTTP_ETL` has called reports in the same way. The answer tells by
         *     `cancel_requested_at` that somebody asks to stop the run. What has ended stays so: the same end reported
         *     again is answered with the run as it is, another end is refused.
         *
         *     Role: operator.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The job */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateJob"];
                };
            };
            responses: {
                /** @description The job as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetails"];
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
                /** @description There is none in this tenant */
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
                /** @description It has ended, or Plumbline runs it itself */
                409: {
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
                /** @description A value has to be changed */
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
    "/api/metadata/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a job. One that waits ends at once; one that runs ends within two seconds, together with its
         *     statement on the data source. Sending it again changes nothing.
         * @description Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The job */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The job as it is now */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetails"];
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
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has ended */
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
    "/api/metadata/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The states of a job as server-sent events: the present one at once, each further one when it
         *     comes, at most a few a second, and the last. An event's data is the job as `GET /jobs` lists it, its
         *     id the job's version. Any replica serves it. The stream ends with the job or with the caller's
         *     token; 204 when there is nothing new and will never be.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The id of the last event seen; only what is newer is sent */
                    "Last-Event-ID"?: string;
                };
                path: {
                    /** @description The job */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": unknown;
                    };
                };
                /** @description The caller has seen its end */
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
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/jobs/{id}/failed-rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rows that a job could not write, each with its key and the reason, in the order in which they failed.
         * @description They hold values of the data, and so are for those who may run the job. Of many rows the first are kept; how many
         *     there were, the job's `records_failed` says.
         *
         *     Role: operator.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many items to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    /** @description The job */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_FailedRow"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do again, as a new job, what a job was asked to do that has ended as FAILED, PARTIAL or CANCELLED.
         * @description Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A key of the caller's choosing, 1 to 255 visible ASCII characters: within a day a request that is sent again under it is not carried out again, and answered as before */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /** @description The job */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRetried"];
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
                /** @description There is none in this tenant, or its data source is gone */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is active, was a success, or another scan of its data source is active; or that is paused */
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
    "/api/metadata/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the data of a table come from, and what is made of them: as views, pipelines and the events of
         *     `OpenLineage` tell, all in one graph.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query: {
                    /** @description The table. */
                    table_id: number;
                    /** @description How many steps to go each way, 1 to 20; 3 if absent. */
                    depth?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The graph around the table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Lineage"];
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
                /** @description There is no such table in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds a catalog entry by its exact names, with everything on the way to it.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query: {
                    /** @description The name of the data source. */
                    source: string;
                    /** @description The database in it. */
                    database?: string;
                    /** @description The schema of the table (`PostgreSQL`). */
                    schema?: string;
                    /** @description The table in the database. */
                    table?: string;
                    /** @description The field in the table. */
                    field?: string;
                    /** @description Find also what is gone; what lives under the same name goes before it. */
                    include_removed?: boolean;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What was found */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Lookup"];
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
                /** @description One of the names leads nowhere in this tenant */
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
                /** @description A name in between is missing */
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
        /**
         * What has become of databases and tables that were seen before: what they are called now, and which are
         *     gone. Ids that the catalog does not know are left out. Changes nothing.
         * @description Role: viewer, or a service token.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LookupIds"];
                };
            };
            responses: {
                /** @description What was found */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["KnownEntries"];
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
    "/api/metadata/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The schemas, routines, sequences, extensions and types of a database by kind, schema and name.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query: {
                    /** @description The database. */
                    database_id: number;
                    /** @description Only this kind, such as FUNCTION or SEQUENCE. */
                    kind?: string;
                    /** @description Only this schema. */
                    schema?: string;
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
                    /** @description Also objects that are gone. */
                    include_removed?: boolean;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_DatabaseObject"];
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
                /** @description There is no such database in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/objects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One schema, routine, sequence, extension or type.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The object */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The object */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatabaseObject"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the data is current: data sources, pipelines, groups of tables, and what failed.
         * @description All figures are those that scans and measurements have stored, each with its time.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description As it stands */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Overview"];
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
    "/api/metadata/overview/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The groups that the overview counts tables into; none while they are the usual ones.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The groups in order */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableGroups"];
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
        /**
         * Say which groups the overview counts tables into; an empty list brings the usual ones back.
         * @description Role: admin.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["TableGroups"];
                };
            };
            responses: {
                /** @description The groups as they are now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableGroups"];
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
                /** @description The role admin is needed */
                403: {
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
                /** @description A name comes twice, a table is not there, or values have to be changed */
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
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/pipelines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's pipelines by name, each with where it stands.
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_PipelineView"];
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
        /**
         * Say how a sync table is filled, how a business table is made from it, and how the difference is measured.
         * @description Tables and columns must be in the catalog. Nothing runs before it is asked for, or its schedule's time has come: that
         *     fills the sync table, or only measures where a program outside fills it. What was filled is measured, and at the
         *     threshold the ETL starts by itself.
         *
         *     Role: admin.
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
                    "application/json": components["schemas"]["CreatePipeline"];
                };
            };
            responses: {
                /** @description Made and planned */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineView"];
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
                /** @description The role admin is needed */
                403: {
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
                /** @description The name is taken */
                409: {
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
                /** @description It does not fit the catalog, closes a circle, or values have to be changed */
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
    "/api/metadata/pipelines/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One pipeline, with where it stands and what no longer fits the catalog.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The pipeline */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The pipeline */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineView"];
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
                /** @description There is none in this tenant */
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
         * Delete a pipeline with its measurements.
         * @description Its tables and their rows stay, and so do its jobs in the log; those that wait or run are stopped.
         *
         *     Role: admin.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The pipeline */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has changed or run since */
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
         * Change a pipeline; what the request leaves out stays.
         * @description The whole must fit the catalog afterwards. A job that is under way goes on as it began.
         *
         *     Role: admin.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The pipeline */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdatePipeline"];
                };
            };
            responses: {
                /** @description The pipeline as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineView"];
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
                /** @description The name is taken */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has changed or run since */
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
                /** @description It does not fit the catalog, closes a circle, or values have to be changed */
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
    "/api/metadata/pipelines/{id}/measure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the rows of a pipeline that wait to be processed.
         * @description So many as its threshold start the ETL.
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
                path: {
                    /** @description The pipeline */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineJobStarted"];
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
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A measurement of it is active, job_id names it; it no longer fits the catalog; a data source is paused */
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
    "/api/metadata/pipelines/{id}/run-etl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the business table of a pipeline from its sync table.
         * @description When it has ended well the rows that wait are measured.
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
                path: {
                    /** @description The pipeline */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineJobStarted"];
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
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description An ETL of it is active, job_id names it; it is made from outside; it no longer fits the catalog; a data source is paused or may not be written */
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
    "/api/metadata/pipelines/{id}/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fill the sync table of a pipeline.
         * @description When it has ended well the rows that wait are measured.
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
                path: {
                    /** @description The pipeline */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PipelineJobStarted"];
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
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A fill of it is active, job_id names it; it is filled from outside; it no longer fits the catalog; a data source is paused or may not be written */
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
    "/api/metadata/relations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The foreign keys that point to a table and the views that read it, or those of the table itself.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query: {
                    /** @description The table. */
                    table_id: number;
                    /** @description `to`: who refers to this table (the default). `from`: to whom it refers. */
                    direction?: string;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Relation"];
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
                /** @description There is no such table in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/scan/deep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start level 2 of one or several databases.
         * @description Role: operator, or a service token.
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
                    "application/json": components["schemas"]["StartDeepScan"];
                };
            };
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeepScanStarted"];
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
                /** @description There is no such data source in this tenant */
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
                /** @description A deep scan of it is active; job_id names it; or it is paused */
                409: {
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
    "/api/metadata/scan/status/{scan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a deep scan or a sync stands.
         * @description Role: viewer, or a service token.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A scan_id or a sync_id */
                    scan_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Its state, counts and failures */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScanStatus"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/scan/{scan_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a deep scan or a sync, as `POST /jobs/{id}/cancel` stops its job.
         * @description Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A scan_id or a sync_id */
                    scan_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Its job as it is now */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobDetails"];
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
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has ended */
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
    "/api/metadata/scan/{scan_id}/confirm-removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that what `GET /scan/{scan_id}/removals` lists is gone: just that is marked as removed. Asking
         *     again changes nothing.
         * @description Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description A scan_id or a sync_id */
                    scan_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description They are marked */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RemovalsConfirmed"];
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
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Nothing waits to be confirmed, or a scan of the data source is active */
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
    "/api/metadata/scan/{scan_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The states of a deep scan or a sync as server-sent events, as `GET /jobs/{id}/events` has those of a
         *     job. An event's data is what `GET /scan/status/{scan_id}` answers.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The id of the last event seen; only what is newer is sent */
                    "Last-Event-ID"?: string;
                };
                path: {
                    /** @description A scan_id or a sync_id */
                    scan_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Events */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": unknown;
                    };
                };
                /** @description The caller has seen its end */
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
                /** @description The role viewer is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/scan/{scan_id}/removals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a scan or sync no longer found and did not mark as removed, by type and id: it may be hidden and
         *     not gone. Empty once a later one has looked.
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
                path: {
                    /** @description A scan_id or a sync_id */
                    scan_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_DoubtedRemoval"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/scan/{scan_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do a deep scan or a sync again, as `POST /jobs/{id}/retry` does its job.
         * @description Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A key of the caller's choosing, 1 to 255 visible ASCII characters: within a day a request that is sent again under it is not carried out again, and answered as before */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /** @description A scan_id or a sync_id */
                    scan_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Queued */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobRetried"];
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
                /** @description There is none in this tenant, or its data source is gone */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It is active, was a success, or another scan of its data source is active; or that is paused */
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
    "/api/metadata/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tenant's schedules in the order in which they were made.
         * @description Role: viewer, or a service token.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only schedules of this data source. */
                    resource_id?: number;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Schedule"];
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
                /** @description There is no such data source in this tenant */
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
        /**
         * Read a data source again and again.
         * @description Level 1 lists the server's databases, level 2 reads the databases that are named. A data source may have
         *     any number of schedules beside the one of level 1 that it gets when it is registered. A tick at which a
         *     scan of the same data source and level is active is passed over.
         *
         *     Role: admin, or a service token.
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
                    "application/json": components["schemas"]["CreateSchedule"];
                };
            };
            responses: {
                /** @description Made and planned */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such data source in this tenant */
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
                /** @description Manager has one already */
                409: {
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
                /** @description The expression, the zone or the databases have to be changed */
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
    "/api/metadata/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One schedule, with its next and its last run.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The schedule */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The schedule */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
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
                /** @description There is none in this tenant */
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
         * Delete a schedule; the jobs that it started stay.
         * @description Role: admin, or a service token.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The schedule */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Deleted */
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description It has changed or run since */
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
         * Change, pause or resume a schedule; what the request leaves out stays.
         * @description From a change of its times on, and when it is resumed, it is planned anew: what passed by meanwhile is not
         *     made up for. A default schedule whose times are changed no longer follows the configuration. Its data
         *     source and level stay what they are.
         *
         *     Role: admin, or a service token.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The ETag of the state that the caller has seen: 412 when it has changed since */
                    "If-Match"?: string;
                };
                path: {
                    /** @description The schedule */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["UpdateSchedule"];
                };
            };
            responses: {
                /** @description The schedule as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Schedule"];
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is none in this tenant */
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
                /** @description It has changed or run since */
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
                /** @description The expression, the zone or the databases have to be changed */
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
    "/api/metadata/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What of the catalog answers a few words, best first: names and comments of data sources, databases, tables and
         *     fields.
         * @description All words have to be found, in the name or in the comment. First come names that are what was asked for, then those
         *     that begin with it, have its words, or have them as parts; then comments; then names and comments that have words
         *     like these. Highlights are in Unicode code points.
         *
         *     Role: viewer.
         */
        get: {
            parameters: {
                query: {
                    /** @description What to look for: words, parts of names or comments, with or without typing errors; 1 to 1,000 characters. */
                    q: string;
                    /** @description Only entries of this kind. */
                    kind?: components["schemas"]["SearchKind"];
                    /** @description Only this data source, and what is in it. */
                    resource_id?: number;
                    /** @description How many items to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_SearchHit"];
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
                /** @description There is no such data source in this tenant */
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
                /** @description `q` is empty or too long */
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
    "/api/metadata/sync-logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The history of syncs and deep scans, newest first.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Only runs of this data source. */
                    resource_id?: number;
                    /** @description Only runs in this state. */
                    status?: components["schemas"]["JobStatus"];
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_SyncLog"];
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
                /** @description There is no such data source in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/sync/auto": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start level 1 of a data source.
         * @description Role: operator.
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
                    "application/json": components["schemas"]["StartSync"];
                };
            };
            responses: {
                /** @description Queued, or a fresh result is at hand */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SyncStarted"];
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
                /** @description There is no such data source in this tenant */
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
                /** @description A sync of it is active; job_id names it; or it is paused */
                409: {
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
    "/api/metadata/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The tables of a database by schema and name.
         * @description Role: viewer, or a service token.
         */
        get: {
            parameters: {
                query: {
                    /** @description The database. */
                    database_id: number;
                    /** @description Only this schema. */
                    schema?: string;
                    /** @description Only this kind, such as TABLE or VIEW. */
                    type?: string;
                    /** @description Only tables that this names exactly: `name` in any schema, or `schema.name`. */
                    name?: string;
                    /** @description Only names that contain this, upper and lower case alike. */
                    q?: string;
                    /** @description Also tables that are gone. */
                    include_removed?: boolean;
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
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_Table"];
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
                /** @description There is no such database in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/tables/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One table with its keys, indexes and definition.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The table */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The table */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TableDetail"];
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
                /** @description There is none in this tenant */
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
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/metadata/tables/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Some rows of a table, read from the server now; each reading is recorded. For services, which
         *     check what is managed, and administrators.
         * @description Role: admin, or a service token.
         */
        get: {
            parameters: {
                query?: {
                    /** @description How many rows at most, 1 to 1,000; 50 if absent. */
                    limit?: number;
                    /** @description Which columns, separated by commas, in this order; all if absent. */
                    columns?: string;
                    /** @description Which rows: columns and values with =, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT. */
                    where?: string;
                };
                header?: never;
                path: {
                    /** @description The table */
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
                /** @description The role admin is needed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description There is no such table in this tenant */
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
                /** @description The store cannot be reached */
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
    "/api/metadata/tree": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One level of the catalog as a tree: data sources, databases, schemas (`PostgreSQL`), tables, fields.
         * @description Role: viewer.
         */
        get: {
            parameters: {
                query?: {
                    /** @description The `id` of the entry whose contents to list; the data sources if absent. */
                    parent?: string;
                    /** @description Only entries whose names contain this, upper and lower case alike: of this level, not of those below. */
                    q?: string;
                    /** @description Also entries that are gone. */
                    include_removed?: boolean;
                    /** @description How many items to answer with, 1 to 500; 50 if absent. */
                    limit?: number;
                    /** @description The `next_cursor` of the page before. */
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Page_TreeNode"];
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
                /** @description There is no such entry in this tenant */
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
                /** @description `parent` is no id of the tree */
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
    "/api/v1/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of a run by an event of `OpenLineage` (spec 2-0-2), as its clients send them.
         * @description The run becomes a job of the log, and what the event says that its job reads and writes becomes lineage. All events
         *     of a run give the same job, whichever comes first, late or twice; one of a run that is not known makes it. An event
         *     of a job alone gives lineage and no run; one of a dataset alone is taken and nothing of it is kept.
         *
         *     Role: operator.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["OpenLineageEvent"];
                };
            };
            responses: {
                /** @description Taken */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["LineageReceived"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One API key, as the API shows it. */
        ApiKey: {
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /** @description Who made it. */
            created_by: string;
            /**
             * Format: date-time
             * @description When it ends; null for never.
             */
            expires_at?: string | null;
            /**
             * Format: int64
             * @description Its id. What it does is recorded in the name of `key:ID`.
             */
            id: number;
            /**
             * Format: date-time
             * @description When it was last used, to the minute; null before.
             */
            last_used_at?: string | null;
            /** @description What it is for. */
            name: string;
            /** @description How it begins, by which people recognise it. */
            prefix: string;
            /**
             * Format: date-time
             * @description When it was revoked; null while it is not.
             */
            revoked_at?: string | null;
            /** @description What it allows. */
            role: components["schemas"]["Role"];
        };
        /** @description An attribute of a composite type. */
        Attribute: {
            /** @description Its type as the server prints it. */
            column_type: string;
            /** @description Its name. */
            name: string;
        };
        /** @description One difference that a scan found. */
        Change: {
            /** @description The same attributes as they are now; null for what is gone. For a `baseline`, counts of what there is. */
            after?: Record<string, never> | null;
            /**
             * @description The attributes that differ, as they were; null for what is new. Of a list of named things, such as indexes,
             *     only those that differ.
             */
            before?: Record<string, never> | null;
            /** @description What happened. */
            change_type: components["schemas"]["ChangeType"];
            /**
             * Format: date-time
             * @description When it was found.
             */
            changed_at: string;
            /**
             * Format: int64
             * @description The database in the catalog.
             */
            database_id: number;
            /** @description Its name. */
            database_name: string;
            /**
             * Format: int64
             * @description The data source.
             */
            datasource_id: number;
            /** @description The field's name; null for other objects. */
            field_name?: string | null;
            /**
             * Format: int64
             * @description The catalog's id; later changes have greater ones.
             */
            id: number;
            /**
             * @description Whether only a scan of everything found it, although the table's digest had not changed: a defect of
             *     incremental scans to be reported.
             */
            is_defect?: boolean;
            /** @description The table's name, or the object's kind, name and signature; null for databases. */
            object_name?: string | null;
            /** @description The schema of the table or object; null for databases. */
            object_schema?: string | null;
            /** @description What it happened to: database, table, field, or object for what is no table. */
            object_type: components["schemas"]["ObjectType"];
            /**
             * Format: int64
             * @description The scan that found it.
             */
            scan_id: number;
            /**
             * Format: int64
             * @description The table in the catalog; null for databases and objects.
             */
            table_id?: number | null;
        };
        /** @description How many objects a scan found different. */
        ChangeCounts: {
            /**
             * Format: int64
             * @description New ones.
             */
            added: number;
            /**
             * Format: int64
             * @description Changed ones.
             */
            changed: number;
            /**
             * Format: int64
             * @description Gone ones.
             */
            removed: number;
            /**
             * Format: int64
             * @description Those with another name than before.
             */
            renamed?: number;
        };
        /**
         * @description What happened to an object.
         * @enum {string}
         */
        ChangeType: "baseline" | "added" | "changed" | "removed" | "renamed" | "resized";
        /** @description A check constraint. */
        Check: {
            /** @description The field that it belongs to, where the server binds it to one (`MariaDB`). */
            column?: string | null;
            /** @description Its comment. */
            comment?: string | null;
            /** @description Whether it is enforced; false for NOT ENFORCED (`MySQL`, `PostgreSQL` 18). */
            enforced?: boolean;
            /** @description The condition as the server prints it, without CHECK and its parentheses. */
            expression: string;
            /** @description The constraint's name. */
            name: string;
            /** @description Whether inheriting tables do without it (`PostgreSQL`). */
            no_inherit?: boolean;
            /** @description Whether the rows that were there before it have been checked; false for NOT VALID (`PostgreSQL`). */
            validated?: boolean;
        };
        /** @description What a run cost the data source. */
        Cost: {
            /**
             * Format: int64
             * @description Bytes of the values in these rows, as the data source sent them.
             */
            bytes?: number;
            /**
             * Format: int64
             * @description Rows read from it.
             */
            rows: number;
            /**
             * Format: double
             * @description Seconds spent waiting for it, summed over connections.
             */
            seconds: number;
            /**
             * Format: int64
             * @description Statements sent to the data source.
             */
            statements: number;
        };
        /**
         * @description Body of `POST /auth/keys`: make an API key.
         * @example {
         *       "expires_in_days": 90,
         *       "name": "nightly export",
         *       "role": "viewer"
         *     }
         */
        CreateApiKey: {
            /**
             * Format: int32
             * @description In how many days it ends, 1 to 3650; never when absent.
             */
            expires_in_days?: number | null;
            /** @description What it is for, in words of the caller's choosing. */
            name: string;
            /** @description What it allows: at most what its maker may do. */
            role: components["schemas"]["Role"];
        };
        /**
         * @description Body of `POST /datasources`: register a server. Level 1 starts by itself.
         * @example {
         *       "database": "shop",
         *       "datasource_type": "postgresql",
         *       "host": "db.example.org",
         *       "name": "shop",
         *       "password": "",
         *       "port": 5432,
         *       "username": "plumbline"
         *     }
         */
        CreateDatasource: {
            /** @description The database to connect to first; `postgres` on `PostgreSQL` and none on `MySQL` when absent. */
            database?: string | null;
            /** @description The protocol that the server speaks. */
            datasource_type: components["schemas"]["Engine"];
            /** @description Host name or address. */
            host: string;
            /** @description A name of the caller's choosing, unique in the tenant. */
            name: string;
            /** @description Further settings. */
            options?: components["schemas"]["Options"];
            password?: components["schemas"]["Password"] | null;
            /**
             * @description Where its password is kept, in place of `password`: `env:NAME` or `file:PATH`, as the
             *     operator of the service allows. It is read anew for each connection.
             */
            password_from?: string | null;
            /**
             * Format: int32
             * @description TCP port.
             */
            port: number;
            /** @description Transport security. */
            tls?: components["schemas"]["Tls"];
            /** @description The login. */
            username: string;
        };
        /**
         * @description Body of `POST /pipelines`.
         * @example {
         *       "biz_table_id": 9,
         *       "delta": {
         *         "biz_column": "order_id",
         *         "method": "key",
         *         "sync_column": "id"
         *       },
         *       "etl": {
         *         "kind": "sql",
         *         "statement": "insert into biz.orders select * from sync.orders on conflict do nothing"
         *       },
         *       "fill": {
         *         "job_type": "METABASE_SYNC",
         *         "kind": "external",
         *         "target_scope": "orders"
         *       },
         *       "name": "orders",
         *       "sync_table_id": 7,
         *       "target": {
         *         "etl_seconds": 86400,
         *         "sync_seconds": 86400
         *       },
         *       "threshold": 500
         *     }
         */
        CreatePipeline: {
            /**
             * Format: int64
             * @description The table that is made from it.
             */
            biz_table_id: number;
            /** @description How the difference is measured. */
            delta: components["schemas"]["DeltaRequest"];
            /** @description How the business table is made. */
            etl: components["schemas"]["EtlRequest"];
            /** @description How the sync table is filled. */
            fill: components["schemas"]["FillRequest"];
            /** @description A name of the caller's choosing, unique in the tenant. */
            name: string;
            schedule?: components["schemas"]["ScheduleRequest"] | null;
            /**
             * Format: int64
             * @description The table that is filled.
             */
            sync_table_id: number;
            /** @description How old the data may be; never too old when absent. */
            target?: components["schemas"]["Target"];
            /**
             * Format: int64
             * @description So many rows that wait start the ETL by themselves; nothing does when absent.
             */
            threshold?: number | null;
        };
        /**
         * @description Body of `POST /schedules`: read a data source again and again.
         * @example {
         *       "cron": "30 2 * * *",
         *       "databases": [
         *         "shop"
         *       ],
         *       "level": 2,
         *       "resource_id": 1,
         *       "time_zone": "Europe/Berlin"
         *     }
         */
        CreateSchedule: {
            /**
             * @description When: a cron expression of the five fields minute, hour, day of the month, month and day of the
             *     week, or one of @yearly, @monthly, @weekly, @daily and @hourly. At most 100 bytes.
             */
            cron: string;
            /** @description The databases that level 2 reads, 1 to 1000; not for level 1. */
            databases?: string[] | null;
            /**
             * Format: int32
             * @description A run comes so many seconds after its tick at most, always the same number for one schedule: many
             *     of one time then spread. The service's setting `sync.jitter_seconds` when absent.
             */
            jitter_seconds?: number | null;
            /**
             * Format: int32
             * @description 1 lists the server's databases, 2 reads those that `databases` names.
             */
            level: number;
            /** @description Whether it waits to be resumed. */
            paused?: boolean;
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
            /**
             * @description The zone whose clock `cron` means, by its IANA name, such as `Europe/Berlin`; the service's
             *     setting `sync.time_zone` when absent.
             */
            time_zone?: string | null;
        };
        /**
         * @description Body of `POST /auth/sign-in-links`: let somebody sign in once.
         * @example {
         *       "roles": [
         *         "operator"
         *       ],
         *       "subject": "ada"
         *     }
         */
        CreateSignInLink: {
            /** @description What the session allows: at most what the caller may do, which is what it gets when absent. */
            roles?: components["schemas"]["Role"][] | null;
            /** @description Who is signed in, 1 to 255 bytes and not as API keys are called, `key:ID`; the caller when absent. */
            subject?: string | null;
        };
        /** @description A new API key with its secret, which no other answer shows. */
        CreatedApiKey: components["schemas"]["ApiKey"] & {
            /** @description The key itself, for `Authorization: Bearer`. It is shown this once. */
            key: components["schemas"]["Secret"];
        };
        /** @description Answer of `POST /datasources`. */
        CreatedDatasource: {
            /** @description The registered data source. */
            datasource: components["schemas"]["Datasource"];
            /**
             * Format: uuid
             * @description Its job.
             */
            job_id: string;
            /**
             * Format: int64
             * @description The level-1 sync that was queued with the registration.
             */
            sync_id: number;
        };
        /** @description A new sign-in link with its code, which no other answer shows. */
        CreatedSignInLink: components["schemas"]["SignInLink"] & {
            /** @description The code for `POST /auth/sign-in`. It is shown this once. */
            code: components["schemas"]["Secret"];
        };
        /**
         * @description What kind of credential a request carries.
         * @enum {string}
         */
        CredentialKind: "token" | "api_key";
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
        /** @description What is particular to a type. */
        DataType: {
            /** @description The attributes of a composite type, in order. */
            attributes?: components["schemas"]["Attribute"][];
            /** @description The type under a domain, the subtype of a range. */
            base_type?: string | null;
            /** @description enum, composite, domain, range, multirange or base. */
            category: string;
            /** @description The checks of a domain, by name. */
            checks?: components["schemas"]["Check"][];
            /** @description The default of a domain, as the server prints it. */
            default?: string | null;
            /** @description The labels of an enum, in order. */
            labels?: string[];
            /** @description Whether a domain forbids NULL. */
            not_null?: boolean;
        };
        /** @description One database of a data source, as the API shows it. */
        Database: {
            /** @description Character set (`MySQL`) or encoding (`PostgreSQL`). */
            charset?: string | null;
            /** @description Collation. */
            collation?: string | null;
            /**
             * Format: date-time
             * @description When it was first seen.
             */
            created_at: string;
            /** @description Its name, byte for byte. */
            database_name: string;
            /**
             * Format: int64
             * @description The data source that holds it.
             */
            datasource_id: number;
            /**
             * Format: int64
             * @description The catalog's id.
             */
            id: number;
            /** @description Why not. */
            inaccessible_reason?: string | null;
            /** @description Whether the login may read it. */
            is_accessible: boolean;
            /** @description Whether a deep scan of it has succeeded. */
            is_scanned: boolean;
            /**
             * Format: date-time
             * @description When a deep scan of it last ended well.
             */
            last_scan_at?: string | null;
            /**
             * Format: date-time
             * @description When it was last seen by a level-1 sync.
             */
            last_sync_at?: string | null;
            /** @description The login that owns it; `PostgreSQL` only. */
            owner?: string | null;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it lives.
             */
            removed_at?: string | null;
            /**
             * Format: int64
             * @description How many tables and views it has; null when it cannot be read.
             */
            table_count?: number | null;
            /**
             * Format: int64
             * @description Data and indexes in bytes; null when it cannot be read.
             */
            total_size_bytes?: number | null;
            /**
             * Format: date-time
             * @description When its row last changed.
             */
            updated_at: string;
        };
        /** @description One object of a database that is no table. */
        DatabaseObject: {
            /**
             * Format: date-time
             * @description When it was first seen.
             */
            created_at: string;
            /**
             * Format: int64
             * @description The database that holds it.
             */
            database_id: number;
            /** @description The source of a routine; null for other kinds and where the login may not see it. */
            definition?: string | null;
            /** @description What is particular to its kind. */
            details: components["schemas"]["ObjectDetails"];
            /**
             * Format: int64
             * @description The catalog's id.
             */
            id: number;
            /** @description Its comment; null when it has none. */
            object_comment?: string | null;
            /** @description SCHEMA, FUNCTION, PROCEDURE, AGGREGATE, WINDOW, SEQUENCE, EXTENSION, TYPE, EVENT, or the server's own word. */
            object_kind: string;
            /** @description Its name, byte for byte. */
            object_name: string;
            /** @description Its schema; '' on `MySQL` and for a schema itself. */
            object_schema: string;
            /** @description The owner (`PostgreSQL`). */
            owner?: string | null;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it lives.
             */
            removed_at?: string | null;
            /** @description The types of a routine's arguments, which tell routines of the same name apart (`PostgreSQL`); '' otherwise. */
            signature: string;
            /**
             * Format: date-time
             * @description When its row last changed.
             */
            updated_at: string;
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
        /** @description Answer of `POST /scan/deep`. */
        DeepScanStarted: {
            /**
             * Format: double
             * @description How long the last like scan took, in seconds; null when there was none.
             */
            estimated_duration?: number | null;
            /**
             * Format: uuid
             * @description Its job.
             */
            job_id: string;
            /**
             * Format: int64
             * @description The scan, for `GET /scan/status/{id}`.
             */
            scan_id: number;
            /** @description QUEUED. */
            status: components["schemas"]["JobStatus"];
        };
        /** @description How the rows that wait to be processed are counted. */
        Delta: {
            /** @enum {string} */
            method: "count";
        } | (components["schemas"]["WatermarkDelta"] & {
            /** @enum {string} */
            method: "watermark";
        }) | (components["schemas"]["KeyDelta"] & {
            /** @enum {string} */
            method: "key";
        });
        /**
         * @description The way of counting.
         * @enum {string}
         */
        DeltaMethod: "count" | "watermark" | "key";
        /**
         * @description How the rows that wait are counted. `count` takes no columns, `watermark` one of each table, `key` one or more:
         *     `sync_column` and `biz_column`, or `sync_columns` and `biz_columns`.
         */
        DeltaRequest: {
            /** @description A column of the business table. */
            biz_column?: string | null;
            /** @description The columns of the business table that hold the same, in the same order. */
            biz_columns?: string[] | null;
            /** @description Which way. */
            method: components["schemas"]["DeltaMethod"];
            /** @description A column of the sync table. */
            sync_column?: string | null;
            /** @description The columns of the sync table that tell a row apart. */
            sync_columns?: string[] | null;
        };
        /** @description One thing that is no longer listed, but not marked as removed. */
        DoubtedRemoval: {
            /**
             * Format: date-time
             * @description When somebody confirmed that it is gone; it was marked as removed then.
             */
            confirmed_at?: string | null;
            /** @description The database that it is or is in. */
            database_name: string;
            /** @description The field's name; null for other objects. */
            field_name?: string | null;
            /**
             * Format: int64
             * @description Its id in the catalog.
             */
            id: number;
            /** @description The table's name, or the object's kind, name and signature; null for databases. */
            object_name?: string | null;
            /** @description The schema of the table or object; null for databases. */
            object_schema?: string | null;
            /**
             * @description What it is: a database, which a sync did not list any more; a table, field or object, which a deep
             *     scan did not.
             */
            object_type: components["schemas"]["ObjectType"];
            /** @description Why it may be there nevertheless. */
            reason: string;
        };
        /**
         * @description The protocol that a data source speaks.
         * @enum {string}
         */
        Engine: "mysql" | "postgresql";
        /** @description How the business table is made from the sync table. */
        Etl: (components["schemas"]["SqlEtl"] & {
            /** @enum {string} */
            kind: "sql";
        }) | (components["schemas"]["HttpEtl"] & {
            /** @enum {string} */
            kind: "http";
        }) | (components["schemas"]["ExternalRun"] & {
            /** @enum {string} */
            kind: "external";
        });
        /**
         * @description Which kind of ETL.
         * @enum {string}
         */
        EtlKind: "sql" | "http" | "external";
        /**
         * @description How the business table is made. `statement` is for the kind `sql`, `url` and what belongs to it for the kind
         *     `http`, `job_type` and `target_scope` for the kind `external`.
         */
        EtlRequest: {
            /**
             * @description Headers to send, at most 20. Everybody who may see the pipeline sees them: a secret is named by where it is
             *     kept, `env:NAME` or `file:PATH`, as the operator of the service allows.
             */
            headers?: {
                [key: string]: string;
            } | null;
            /** @description The `job_type` that its runs are reported with. */
            job_type?: string | null;
            /** @description Which kind. */
            kind: components["schemas"]["EtlKind"];
            /** @description The statement, at most 64 KiB. It runs in the database of the business table. */
            statement?: string | null;
            /** @description The `target_scope` that its runs are reported with. */
            target_scope?: string | null;
            /**
             * Format: int32
             * @description How long it may take until it has reported its end; an hour when absent.
             */
            timeout_seconds?: number | null;
            /** @description Where the service is: `http` or `https`, without user and password. */
            url?: string | null;
        };
        /** @description Runs that are reported from outside: those of this type and scope in the job log are the pipeline's. */
        ExternalRun: {
            /** @description The `job_type` that they are reported with; null when they are not reported. */
            job_type?: string | null;
            /** @description The `target_scope` that they are reported with; null when they are not reported. */
            target_scope?: string | null;
        };
        /** @description A row that could not be written. */
        FailedRow: {
            /**
             * Format: date-time
             * @description When that was.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Counts the rows that failed.
             */
            id: number;
            /**
             * Format: uuid
             * @description The job that could not write it.
             */
            job_id: string;
            /** @description Why it could not be written. */
            reason: string;
            /** @description The values of its key, or its place in the query's answer where it has none. */
            row_key: string;
        };
        /** @description One column of a table. */
        Field: {
            /** @description Character set (`MySQL`). */
            charset?: string | null;
            /** @description Collation, where it is not the type's own. */
            collation?: string | null;
            /** @description The default as an SQL expression; null for none. */
            column_default?: string | null;
            /** @description PRI, UNI or MUL; null for none. On `PostgreSQL` derived by `MySQL`'s rules. */
            column_key?: string | null;
            /** @description The type as the server prints it. */
            column_type: string;
            /**
             * Format: date-time
             * @description When it was first seen.
             */
            created_at: string;
            /**
             * @description The neutral type: integer, decimal, float, boolean, text, binary, date, time, timestamp,
             *     interval, json, uuid, array, enum, set, bit, spatial, network, range, xml, composite, other.
             */
            data_type: string;
            /** @description The base type of a domain (`PostgreSQL`). */
            domain_base_type?: string | null;
            /** @description The labels of an enum or set, in order. */
            enum_values?: string[] | null;
            /** @description `auto_increment`, `on update ...`, `identity always`, ... as the server prints it. */
            extra?: string | null;
            /** @description Its comment; null when it has none. */
            field_comment?: string | null;
            /** @description Its name, byte for byte. */
            field_name: string;
            /**
             * Format: int32
             * @description Its place among the table's columns, from 1.
             */
            field_position: number;
            /** @description The expression of a generated column. */
            generation_expression?: string | null;
            /** @description stored or virtual; null for a column that is not generated. */
            generation_kind?: string | null;
            /**
             * Format: int64
             * @description The catalog's id.
             */
            id: number;
            /** @description always or by default: an identity column of `PostgreSQL`. */
            identity?: string | null;
            /** @description Whether it is an array (`PostgreSQL`). */
            is_array: boolean;
            /** @description Whether `SELECT *` leaves it out. */
            is_invisible: boolean;
            /** @description Whether it may be NULL. */
            is_nullable: boolean;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it lives.
             */
            removed_at?: string | null;
            /** @description Figures about its values; null until statistics are asked for. */
            statistics?: unknown;
            /**
             * Format: int64
             * @description The table that holds it.
             */
            table_id: number;
            /**
             * Format: date-time
             * @description When its row last changed.
             */
            updated_at: string;
        };
        /** @description What is wrong with one field of a request. */
        FieldError: {
            /** @description What to change. */
            detail: string;
            /** @description JSON Pointer (RFC 6901) into the body, or `/name` for a query parameter. */
            pointer: string;
        };
        /** @description The name of a field. */
        FieldName: {
            /** @description Its own name. */
            field_name: string;
            /** @description Its table. */
            table_name: string;
            /** @description The schema of its table; '' on `MySQL`. */
            table_schema: string;
        };
        /** @description How the sync table is filled. */
        Fill: (components["schemas"]["SqlFill"] & {
            /** @enum {string} */
            kind: "sql";
        }) | (components["schemas"]["ExternalRun"] & {
            /** @enum {string} */
            kind: "external";
        });
        /**
         * @description Which kind of fill.
         * @enum {string}
         */
        FillKind: "sql" | "external";
        /**
         * @description What a fill does with the rows that the sync table has.
         * @enum {string}
         */
        FillMode: "upsert" | "replace";
        /**
         * @description How the sync table is filled. `query` and what belongs to it are for the kind `sql`, `job_type` and
         *     `target_scope` for the kind `external`.
         */
        FillRequest: {
            /** @description The database that the session is opened in. */
            database?: string | null;
            /** @description The `job_type` that its runs are reported with. */
            job_type?: string | null;
            /**
             * @description The columns of the sync table that tell its rows apart: a primary key or a unique index of it. Needed for
             *     `upsert`.
             */
            key?: string[] | null;
            /** @description Which kind. */
            kind: components["schemas"]["FillKind"];
            /**
             * @description The column of the sync table for each column of the query; those that are not named go to the column of
             *     their own name.
             */
            mapping?: {
                [key: string]: string;
            } | null;
            mode?: components["schemas"]["FillMode"] | null;
            /** @description The query, at most 64 KiB. */
            query?: string | null;
            /**
             * Format: int64
             * @description The data source that is asked.
             */
            resource_id?: number | null;
            /** @description The `target_scope` that its runs are reported with. */
            target_scope?: string | null;
        };
        /**
         * @description Whether data is within its target.
         * @enum {string}
         */
        Freshness: "fresh" | "late" | "unknown";
        /** @description A call of a service. */
        HttpEtl: {
            /** @description Headers to send. A value of the form `env:NAME` or `file:PATH` says where the value is kept. */
            headers?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description How long it may take until it has reported its end, in seconds.
             */
            timeout_seconds: number;
            /** @description Where it is: `http` or `https`, without user and password. */
            url: string;
        };
        /** @description An index. */
        Index: {
            /** @description Its parts in order. */
            columns: components["schemas"]["IndexColumn"][];
            /** @description The index's comment. */
            comment?: string | null;
            /** @description The statement that makes it, as the server prints it (`PostgreSQL`). */
            definition?: string | null;
            /** @description Columns that are carried but not ordered by (INCLUDE). */
            included?: string[];
            /** @description The access method: BTREE, HASH, FULLTEXT, gin, ... as the server prints it. */
            method: string;
            /** @description Its name. */
            name: string;
            /** @description Whether NULLs count as equal: UNIQUE NULLS NOT DISTINCT (`PostgreSQL` 15). */
            nulls_not_distinct?: boolean;
            /** @description The predicate of a partial index. */
            predicate?: string | null;
            /** @description Whether it carries the primary key. */
            primary: boolean;
            /** @description Whether it forbids duplicates. */
            unique: boolean;
            /** @description Whether it can be used: false for an index whose building failed (`PostgreSQL`). */
            valid: boolean;
            /** @description Whether the planner may use it (`MySQL` VISIBLE, `MariaDB` NOT IGNORED). */
            visible: boolean;
        };
        /** @description One part of an index: a column or an expression. */
        IndexColumn: {
            /** @description The collation, where it is not the column's (`PostgreSQL`). */
            collation?: string | null;
            /** @description Whether the order is descending. */
            descending?: boolean;
            /** @description The expression as the server prints it; null for a column. */
            expression?: string | null;
            /** @description The column's name; null for an expression. */
            name?: string | null;
            /** @description Whether NULLs come first; null where the server gives no choice (`MySQL`, methods without an order). */
            nulls_first?: boolean | null;
            /** @description The operator class, where it is not the type's default (`PostgreSQL`). */
            operator_class?: string | null;
            /**
             * Format: int64
             * @description How many characters (text) or bytes (binary) of the column are indexed, where not all are.
             */
            prefix_length?: number | null;
        };
        /**
         * @description Body of `POST /auth/keys/introspect`: what is this key?
         * @example {
         *       "key": ""
         *     }
         */
        IntrospectApiKey: {
            /** @description The key. */
            key: components["schemas"]["Secret"];
        };
        /** @description What a credential is. */
        Introspection: {
            /**
             * Format: date-time
             * @description When it ends; null for never.
             */
            expires_at?: string | null;
            /** @description Its kind. */
            kind: components["schemas"]["CredentialKind"];
            /** @description What it allows. */
            roles: components["schemas"]["Role"][];
            /** @description In whose name its requests are. */
            subject: string;
            /** @description The tenant that it opens. */
            tenant_id: components["schemas"]["TenantId"];
        };
        /** @description One job, as the API shows it. */
        Job: {
            /**
             * Format: int32
             * @description How often it has been started.
             */
            attempt: number;
            /**
             * Format: date-time
             * @description When somebody asked to stop it.
             */
            cancel_requested_at?: string | null;
            /**
             * Format: date-time
             * @description When it ended.
             */
            completed_at?: string | null;
            /**
             * Format: int64
             * @description The data source it reads, if it reads one.
             */
            datasource_id?: number | null;
            /**
             * @description Why it failed and what to do, cause by cause; while it waits for another attempt, why the last
             *     one failed.
             */
            error_details?: string | null;
            /** @description What the program outside that runs it calls it; null for those that Plumbline runs. */
            external_id?: string | null;
            /**
             * Format: date-time
             * @description When its worker was last heard of, or the program outside that runs it.
             */
            heartbeat_at?: string | null;
            /**
             * Format: uuid
             * @description `UUIDv7`.
             */
            id: string;
            /**
             * @description `METADATA_SYNC`, `DEEP_SCAN`, `SQL_SYNC`, `SQL_ETL`, `HTTP_ETL`, MEASURE, or the word that a run from
             *     outside was reported with.
             */
            job_type: string;
            /** @description What it does just now, in words. */
            message?: string | null;
            /** @description What it was asked to do. */
            parameters: unknown;
            /**
             * Format: uuid
             * @description The job that started this one, or that this one does again.
             */
            parent_job_id?: string | null;
            /**
             * Format: int64
             * @description The pipeline that it is a run of, if it is one of a pipeline.
             */
            pipeline_id?: number | null;
            /**
             * Format: date-time
             * @description When it was accepted.
             */
            queued_at: string;
            /**
             * Format: int64
             * @description How many could not be processed.
             */
            records_failed: number;
            /**
             * Format: double
             * @description How many records a second the running attempt does; null until it has done some, and at the end.
             */
            records_per_second?: number | null;
            /**
             * Format: int64
             * @description How many are done.
             */
            records_processed: number;
            /**
             * Format: int64
             * @description How many records there are to process; null until known.
             */
            records_total?: number | null;
            /** @description The `sub` of the credential that asked for it. */
            requested_by?: string | null;
            /** @description What came out of it. */
            result?: unknown;
            /**
             * Format: date-time
             * @description When the next attempt is due, after one that failed for a cause that may pass.
             */
            run_after?: string | null;
            /**
             * Format: int64
             * @description The `scan_id` of the deep scan, or the `sync_id` of the sync, that it is; null for a job that is neither.
             */
            scan_id?: number | null;
            /**
             * Format: double
             * @description How many seconds are left at that pace; null when the total is not known.
             */
            seconds_left?: number | null;
            /**
             * Format: date-time
             * @description When its last attempt began.
             */
            started_at?: string | null;
            /** @description Where it stands. */
            status: components["schemas"]["JobStatus"];
            /** @description What the job works on, in words that a person reads. */
            target_scope: string;
            /** @description Who or what asked for it: manual, schedule, registration, manage, pipeline, external. */
            trigger: string;
            /**
             * Format: int64
             * @description Counts the changes of this row: the id of its events.
             */
            version: number;
        };
        /** @description One attempt at a job. */
        JobAttempt: {
            /**
             * Format: int32
             * @description Which one, from 1.
             */
            attempt: number;
            /**
             * Format: date-time
             * @description When it ended.
             */
            ended_at?: string | null;
            /** @description Why it failed. */
            error?: string | null;
            /**
             * @description The end of the job, or `HANDED_BACK` (the service stopped), RETRY (it failed and may pass), LOST
             *     (the worker died); null while it goes on.
             */
            outcome?: string | null;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at: string;
            /** @description The worker that made it, by the name that it has in the queue. */
            worker: string;
        };
        /** @description One job with the attempts at it, as the API shows a single one. */
        JobDetails: components["schemas"]["Job"] & {
            /** @description The attempts at it, first to last. */
            attempts: components["schemas"]["JobAttempt"][];
        };
        /** @description Answer of `POST /jobs/{id}/retry`. */
        JobRetried: {
            /**
             * Format: uuid
             * @description The new job; `parent_job_id` names the one that it does again.
             */
            job_id: string;
            /**
             * Format: int64
             * @description Its scan or sync, for `GET /scan/status/{id}`; null for a job that is neither.
             */
            scan_id?: number | null;
            /** @description QUEUED. */
            status: components["schemas"]["JobStatus"];
        };
        /**
         * @description Where a job stands. QUEUED and RUNNING are active, the others are ends.
         * @enum {string}
         */
        JobStatus: "QUEUED" | "RUNNING" | "SUCCESS" | "PARTIAL" | "FAILED" | "CANCELLED";
        /** @description A primary, unique, foreign or exclusion key. */
        Key: {
            /** @description The columns in the key's own order. An expression of an exclusion key has none; see `definition`. */
            columns: string[];
            /** @description Its comment. */
            comment?: string | null;
            /** @description Whether it can be checked at the end of a transaction (`PostgreSQL`). */
            deferrable?: boolean;
            /**
             * @description The constraint as the server prints it, where its columns do not tell all: exclusion keys, WITHOUT
             *     OVERLAPS and PERIOD (`PostgreSQL`).
             */
            definition?: string | null;
            /** @description Whether it is enforced; false for NOT ENFORCED (`PostgreSQL` 18). */
            enforced?: boolean;
            /** @description Whether it is checked at the end of a transaction unless told otherwise (`PostgreSQL`). */
            initially_deferred?: boolean;
            /** @description Which kind of key. */
            kind: components["schemas"]["KeyKind"];
            /** @description The constraint's name. */
            name: string;
            references?: components["schemas"]["Reference"] | null;
            /** @description Whether the rows that were there before it have been checked; false for NOT VALID (`PostgreSQL`). */
            validated?: boolean;
        };
        /** @description The columns that tell a row apart, in the same order on both sides. */
        KeyDelta: {
            /** @description Of the business table, where the key is one column. */
            biz_column?: string | null;
            /** @description Of the business table. */
            biz_columns: string[];
            /** @description Of the sync table, where the key is one column. */
            sync_column?: string | null;
            /** @description Of the sync table. */
            sync_columns: string[];
        };
        /**
         * @description Which kind of key.
         * @enum {string}
         */
        KeyKind: "primary" | "unique" | "foreign" | "exclusion";
        /** @description What a database is called now, and whether it is there. */
        KnownDatabase: {
            /** @description Its name. */
            database_name: string;
            /**
             * Format: int64
             * @description The data source that holds it.
             */
            datasource_id: number;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /**
             * Format: date-time
             * @description When a deep scan of it last ended well; null before the first.
             */
            last_scan_at?: string | null;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it is there.
             */
            removed_at?: string | null;
        };
        /**
         * @description Answer of `POST /lookup`: what the catalog has under these ids, gone ones too. Ids that it does not know
         *     are left out.
         */
        KnownEntries: {
            /** @description The databases, by id. */
            databases: components["schemas"]["KnownDatabase"][];
            /** @description The tables, by id: those that were asked for, and those that have the names of gone ones among them. */
            tables: components["schemas"]["KnownTable"][];
        };
        /** @description What a table is called now, and whether it is there. */
        KnownTable: {
            /**
             * Format: int64
             * @description The database that holds it.
             */
            database_id: number;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /**
             * Format: date-time
             * @description When its fields were last read, or found to be as they were; null before the first time, and while the last
             *     attempt failed.
             */
            last_scan_at?: string | null;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it is there.
             */
            removed_at?: string | null;
            /**
             * Format: int64
             * @description The table that has its names now, where it is gone and another one has them.
             */
            replaced_by?: number | null;
            /**
             * Format: int64
             * @description How many rows it has; null when unknown.
             */
            row_count?: number | null;
            /** @description Its name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
        };
        /** @description Answer of `GET /lineage`: a table, what its data come from, and what is made of them. */
        Lineage: {
            /**
             * Format: int32
             * @description How many steps were gone each way. One step leads from data to data; the job in between does not count.
             */
            depth: number;
            /** @description How data flow between them. */
            edges: components["schemas"]["LineageEdge"][];
            /** @description Tables, datasets and jobs, the nearest first. */
            nodes: components["schemas"]["LineageNode"][];
            /** @description The node that was asked for. */
            root: string;
            /** @description Whether something was left out since there is too much: at most 1,000 nodes and 5,000 edges are told. */
            truncated: boolean;
        };
        /** @description One way that data flow. */
        LineageEdge: {
            /** @description The node that data come from. */
            from: string;
            /** @description Why. */
            kind: components["schemas"]["LineageEdgeKind"];
            /**
             * Format: date-time
             * @description Of what events say: the time of the latest that says so.
             */
            last_seen_at?: string | null;
            /**
             * Format: int64
             * @description Of a pipeline: its id.
             */
            pipeline_id?: number | null;
            /** @description Of a pipeline: its name. */
            pipeline_name?: string | null;
            /** @description The node that they go to. */
            to: string;
        };
        /**
         * @description Why data flow from one node to the other.
         * @enum {string}
         */
        LineageEdgeKind: "view_dependency" | "pipeline" | "openlineage";
        /**
         * @description What a node is.
         * @enum {string}
         */
        LineageKind: "table" | "dataset" | "job";
        /** @description One node of the graph. */
        LineageNode: {
            /**
             * Format: int32
             * @description How many steps it is away.
             */
            distance: number;
            /** @description Its id in this graph, by which edges name it: `table-7`. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["LineageKind"];
            last_run?: components["schemas"]["LineageRun"] | null;
            /** @description Of a dataset or a job: its name there. */
            name?: string | null;
            /** @description Of a dataset or a job: the namespace of `OpenLineage` that its name belongs to. */
            namespace?: string | null;
            table?: components["schemas"]["LineageTable"] | null;
        };
        /** @description Answer of `POST /api/v1/lineage`. */
        LineageReceived: {
            /** @description How many datasets the event names as read or written, which are kept as edges of its job. */
            edges: number;
            /**
             * Format: uuid
             * @description The job of the log that stands for the run; null for an event that is of no run.
             */
            job_id?: string | null;
        };
        /** @description The newest run of a job of the graph. */
        LineageRun: {
            /**
             * Format: date-time
             * @description When it ended; null while it runs.
             */
            completed_at?: string | null;
            /**
             * Format: uuid
             * @description Its id in the job log.
             */
            job_id: string;
            /** @description Where it stands. */
            status: components["schemas"]["JobStatus"];
        };
        /** @description A table of the graph. */
        LineageTable: {
            /** @description Its database. */
            database_name: string;
            /**
             * Format: int64
             * @description The data source that holds it.
             */
            datasource_id: number;
            /** @description What that is called. */
            datasource_name: string;
            /**
             * Format: date-time
             * @description When a scan found it gone; null while it is there.
             */
            removed_at?: string | null;
            /**
             * Format: int64
             * @description The catalog's id.
             */
            table_id: number;
            /** @description Its name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
            /** @description TABLE, VIEW, `MATERIALIZED_VIEW` and so on. */
            table_type: string;
        };
        /** @description Answer of `GET /lookup`: everything on the way to the deepest name that was given. */
        Lookup: {
            database?: components["schemas"]["Database"] | null;
            /** @description The data source. */
            datasource: components["schemas"]["Datasource"];
            field?: components["schemas"]["Field"] | null;
            table?: components["schemas"]["TableDetail"] | null;
        };
        /**
         * @description Body of `POST /lookup`: entries that somebody has seen before.
         * @example {
         *       "database_ids": [
         *         3
         *       ],
         *       "table_ids": [
         *         7,
         *         8
         *       ]
         *     }
         */
        LookupIds: {
            /** @description Ids of databases. */
            database_ids?: number[];
            /** @description Ids of tables. */
            table_ids?: number[];
        };
        /** @description One measurement of a pipeline. */
        Measurement: {
            /**
             * Format: date-time
             * @description The newest time in the business table's watermark column; null without one.
             */
            biz_changed_at?: string | null;
            /**
             * Format: int64
             * @description How many rows the business table had; null where they were not counted.
             */
            biz_rows?: number | null;
            /**
             * Format: uuid
             * @description The job that measured.
             */
            job_id: string;
            /**
             * Format: date-time
             * @description When the figures were true.
             */
            measured_at: string;
            /** @description How the rows were counted. */
            method: components["schemas"]["DeltaMethod"];
            /** @description What is to be known about the figures, in words. */
            note?: string | null;
            /**
             * Format: int64
             * @description How many rows wait to be processed.
             */
            pending_rows: number;
            /**
             * Format: int64
             * @description How many rows of the business table the sync table does not have, as after deletes; null where the method
             *     does not tell.
             */
            surplus_rows?: number | null;
            /**
             * Format: date-time
             * @description The newest time in the sync table's watermark column; null without one.
             */
            sync_changed_at?: string | null;
            /**
             * Format: int64
             * @description How many rows the sync table had; null where they were not counted.
             */
            sync_rows?: number | null;
        };
        /** @description Something that the login may not see, and what would let it. */
        MissingGrant: {
            /** @description The database. */
            database: string;
            /** @description The statement, for somebody who may grant it. */
            grant: string;
            /** @description What stays hidden. */
            hides: string;
        };
        /** @description What is particular to a kind of object: the typed document in `database_objects.details`. */
        ObjectDetails: {
            data_type?: components["schemas"]["DataType"] | null;
            routine?: components["schemas"]["Routine"] | null;
            sequence?: components["schemas"]["Sequence"] | null;
            /** @description The version of an extension. */
            version?: string | null;
        };
        /**
         * @description What kind of object changed.
         * @enum {string}
         */
        ObjectType: "database" | "table" | "field" | "object";
        /**
         * @description An event of OpenLineage, spec 2-0-2. What else it has is passed over.
         * @example {
         *       "dataset": {
         *         "name": "shop.public.customers",
         *         "namespace": "postgres://db.example.org:5432"
         *       },
         *       "eventTime": "2026-01-31T08:00:00Z",
         *       "eventType": "COMPLETE",
         *       "inputs": [
         *         {
         *           "name": "crm.orders",
         *           "namespace": "mysql://crm.example.org:3306"
         *         }
         *       ],
         *       "job": {
         *         "facets": {
         *           "jobType": {
         *             "integration": "AIRFLOW",
         *             "jobType": "TASK",
         *             "processingType": "BATCH"
         *           }
         *         },
         *         "name": "load-orders",
         *         "namespace": "nightly"
         *       },
         *       "outputs": [
         *         {
         *           "name": "shop.public.orders",
         *           "namespace": "postgres://db.example.org:5432",
         *           "outputFacets": {
         *             "outputStatistics": {
         *               "rowCount": 512
         *             }
         *           }
         *         }
         *       ],
         *       "producer": "https://example.org/nightly-load",
         *       "run": {
         *         "facets": {
         *           "errorMessage": {
         *             "message": "deadlock detected",
         *             "programmingLanguage": "Python"
         *           },
         *           "parent": {
         *             "job": {
         *               "name": "all",
         *               "namespace": "nightly"
         *             },
         *             "run": {
         *               "runId": "019e0000-0000-7000-8000-000000000001"
         *             }
         *           }
         *         },
         *         "runId": "019e0000-0000-7000-8000-000000000000"
         *       },
         *       "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
         *     }
         */
        OpenLineageEvent: {
            /** @description The dataset, in an event of a dataset alone. */
            dataset?: ({
                name: string;
                namespace: string;
                /** @description Further facts, each under the name of its facet. Those that are not known are passed over. */
                outputFacets?: {
                    [key: string]: unknown;
                } | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /**
             * Format: date-time
             * @description When what it tells of happened.
             */
            eventTime: string;
            /**
             * @description What it says of the run; OTHER if absent.
             * @enum {string|null}
             */
            eventType?: "START" | "RUNNING" | "COMPLETE" | "ABORT" | "FAIL" | "OTHER" | null;
            /** @description What the job reads. */
            inputs?: ({
                name: string;
                namespace: string;
                /** @description Further facts, each under the name of its facet. Those that are not known are passed over. */
                outputFacets?: {
                    [key: string]: unknown;
                } | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            /** @description The job; absent in an event of a dataset alone. */
            job?: ({
                /** @description Further facts, each under the name of its facet. Those that are not known are passed over. */
                facets?: {
                    [key: string]: unknown;
                } | null;
                name: string;
                namespace: string;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description What the job writes. */
            outputs?: ({
                name: string;
                namespace: string;
                /** @description Further facts, each under the name of its facet. Those that are not known are passed over. */
                outputFacets?: {
                    [key: string]: unknown;
                } | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            /** @description The run; absent in an event of a job or of a dataset alone. */
            run?: ({
                /** @description Further facts, each under the name of its facet. Those that are not known are passed over. */
                facets?: {
                    [key: string]: unknown;
                } | null;
                /** Format: uuid */
                runId: string;
            } & {
                [key: string]: unknown;
            }) | null;
        } & {
            [key: string]: unknown;
        };
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
        /**
         * @description Who keeps a schedule.
         * @enum {string}
         */
        Origin: "default" | "api" | "manager";
        /** @description Answer of `GET /overview`. Nothing is measured for it: figures are as old as they say. */
        Overview: {
            /** @description What failed in the last seven days, wholly or in part, and has not ended again since, newest first: at most 50. */
            failures: components["schemas"]["OverviewFailure"][];
            /** @description The groups of tables, and at the end what belongs to none. */
            groups: components["schemas"]["OverviewGroup"][];
            /** @description The pipelines by name, the first 500. */
            pipelines: components["schemas"]["OverviewPipeline"][];
            /** @description The data sources by name, the first 500. */
            sources: components["schemas"]["OverviewSource"][];
        };
        /** @description How a business table is made. */
        OverviewEtl: {
            /** @description Which kind: nothing here can start what is `external`. */
            kind: components["schemas"]["EtlKind"];
        };
        /** @description A job that failed, wholly or in part. */
        OverviewFailure: {
            /**
             * Format: date-time
             * @description When it ended.
             */
            completed_at: string;
            /**
             * Format: int64
             * @description The data source that it read, if it read one.
             */
            datasource_id?: number | null;
            /** @description The first line of why. */
            error?: string | null;
            /**
             * Format: uuid
             * @description The job.
             */
            job_id: string;
            /** @description Its type. */
            job_type: string;
            /**
             * Format: int64
             * @description The pipeline that it was a run of, if it was one of a pipeline.
             */
            pipeline_id?: number | null;
            /**
             * Format: int64
             * @description How many records could not be processed.
             */
            records_failed: number;
            /** @description FAILED or PARTIAL. */
            status: string;
            /** @description What it worked on. */
            target_scope: string;
        };
        /** @description How a sync table is filled. */
        OverviewFill: {
            /** @description Which kind: nothing here can start what is `external`. */
            kind: components["schemas"]["FillKind"];
        };
        /** @description One group of tables. */
        OverviewGroup: {
            /** @description What it is called. */
            name: string;
            /**
             * Format: int64
             * @description How many rows those have, as last read; null when none is known.
             */
            records?: number | null;
            /**
             * Format: int64
             * @description How many tables it has.
             */
            tables: number;
        };
        /** @description One pipeline. */
        OverviewPipeline: components["schemas"]["PipelineStatus"] & {
            /** @description How its business table is made. */
            etl: components["schemas"]["OverviewEtl"];
            /** @description How its sync table is filled. */
            fill: components["schemas"]["OverviewFill"];
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /** @description Its name. */
            name: string;
            /** @description How many things about it no longer fit the catalog: it does not run before they are mended. */
            problems: number;
        };
        /** @description One data source. */
        OverviewSource: {
            /**
             * Format: uuid
             * @description The scan of it that waits or runs, the newest where there are several; null when none does.
             */
            active_job_id?: string | null;
            /**
             * Format: int64
             * @description How many databases it has.
             */
            databases: number;
            /** @description Its name. */
            datasource_name: string;
            /** @description The protocol that it speaks: mysql or postgresql. */
            datasource_type: string;
            /** @description Why the last scan failed. */
            error_message?: string | null;
            /** @description What the server says it is; null until first reached. */
            flavor?: string | null;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /**
             * Format: date-time
             * @description When the last reading of level 1 succeeded.
             */
            last_sync_at?: string | null;
            /** @description Whether it is left alone. */
            paused: boolean;
            /**
             * Format: int64
             * @description How many rows those have, as last read; null when none is known.
             */
            records?: number | null;
            /** @description How deep the last successful reading went. */
            sync_level?: string | null;
            /** @description pending, syncing, success, failed: where the last scan stands. */
            sync_status: string;
            /**
             * Format: int64
             * @description How many tables and other relations the catalog has of it.
             */
            tables: number;
        };
        /** @description One page of a list. */
        Page_ApiKey: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was made.
                 */
                created_at: string;
                /** @description Who made it. */
                created_by: string;
                /**
                 * Format: date-time
                 * @description When it ends; null for never.
                 */
                expires_at?: string | null;
                /**
                 * Format: int64
                 * @description Its id. What it does is recorded in the name of `key:ID`.
                 */
                id: number;
                /**
                 * Format: date-time
                 * @description When it was last used, to the minute; null before.
                 */
                last_used_at?: string | null;
                /** @description What it is for. */
                name: string;
                /** @description How it begins, by which people recognise it. */
                prefix: string;
                /**
                 * Format: date-time
                 * @description When it was revoked; null while it is not.
                 */
                revoked_at?: string | null;
                /** @description What it allows. */
                role: components["schemas"]["Role"];
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Change: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description The same attributes as they are now; null for what is gone. For a `baseline`, counts of what there is. */
                after?: Record<string, never> | null;
                /**
                 * @description The attributes that differ, as they were; null for what is new. Of a list of named things, such as indexes,
                 *     only those that differ.
                 */
                before?: Record<string, never> | null;
                /** @description What happened. */
                change_type: components["schemas"]["ChangeType"];
                /**
                 * Format: date-time
                 * @description When it was found.
                 */
                changed_at: string;
                /**
                 * Format: int64
                 * @description The database in the catalog.
                 */
                database_id: number;
                /** @description Its name. */
                database_name: string;
                /**
                 * Format: int64
                 * @description The data source.
                 */
                datasource_id: number;
                /** @description The field's name; null for other objects. */
                field_name?: string | null;
                /**
                 * Format: int64
                 * @description The catalog's id; later changes have greater ones.
                 */
                id: number;
                /**
                 * @description Whether only a scan of everything found it, although the table's digest had not changed: a defect of
                 *     incremental scans to be reported.
                 */
                is_defect?: boolean;
                /** @description The table's name, or the object's kind, name and signature; null for databases. */
                object_name?: string | null;
                /** @description The schema of the table or object; null for databases. */
                object_schema?: string | null;
                /** @description What it happened to: database, table, field, or object for what is no table. */
                object_type: components["schemas"]["ObjectType"];
                /**
                 * Format: int64
                 * @description The scan that found it.
                 */
                scan_id: number;
                /**
                 * Format: int64
                 * @description The table in the catalog; null for databases and objects.
                 */
                table_id?: number | null;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Database: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description Character set (`MySQL`) or encoding (`PostgreSQL`). */
                charset?: string | null;
                /** @description Collation. */
                collation?: string | null;
                /**
                 * Format: date-time
                 * @description When it was first seen.
                 */
                created_at: string;
                /** @description Its name, byte for byte. */
                database_name: string;
                /**
                 * Format: int64
                 * @description The data source that holds it.
                 */
                datasource_id: number;
                /**
                 * Format: int64
                 * @description The catalog's id.
                 */
                id: number;
                /** @description Why not. */
                inaccessible_reason?: string | null;
                /** @description Whether the login may read it. */
                is_accessible: boolean;
                /** @description Whether a deep scan of it has succeeded. */
                is_scanned: boolean;
                /**
                 * Format: date-time
                 * @description When a deep scan of it last ended well.
                 */
                last_scan_at?: string | null;
                /**
                 * Format: date-time
                 * @description When it was last seen by a level-1 sync.
                 */
                last_sync_at?: string | null;
                /** @description The login that owns it; `PostgreSQL` only. */
                owner?: string | null;
                /**
                 * Format: date-time
                 * @description When it was found to be gone; null while it lives.
                 */
                removed_at?: string | null;
                /**
                 * Format: int64
                 * @description How many tables and views it has; null when it cannot be read.
                 */
                table_count?: number | null;
                /**
                 * Format: int64
                 * @description Data and indexes in bytes; null when it cannot be read.
                 */
                total_size_bytes?: number | null;
                /**
                 * Format: date-time
                 * @description When its row last changed.
                 */
                updated_at: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_DatabaseObject: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was first seen.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description The database that holds it.
                 */
                database_id: number;
                /** @description The source of a routine; null for other kinds and where the login may not see it. */
                definition?: string | null;
                /** @description What is particular to its kind. */
                details: components["schemas"]["ObjectDetails"];
                /**
                 * Format: int64
                 * @description The catalog's id.
                 */
                id: number;
                /** @description Its comment; null when it has none. */
                object_comment?: string | null;
                /** @description SCHEMA, FUNCTION, PROCEDURE, AGGREGATE, WINDOW, SEQUENCE, EXTENSION, TYPE, EVENT, or the server's own word. */
                object_kind: string;
                /** @description Its name, byte for byte. */
                object_name: string;
                /** @description Its schema; '' on `MySQL` and for a schema itself. */
                object_schema: string;
                /** @description The owner (`PostgreSQL`). */
                owner?: string | null;
                /**
                 * Format: date-time
                 * @description When it was found to be gone; null while it lives.
                 */
                removed_at?: string | null;
                /** @description The types of a routine's arguments, which tell routines of the same name apart (`PostgreSQL`); '' otherwise. */
                signature: string;
                /**
                 * Format: date-time
                 * @description When its row last changed.
                 */
                updated_at: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Datasource: {
            /** @description The items, in the order of the list. */
            items: {
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
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_DoubtedRemoval: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: date-time
                 * @description When somebody confirmed that it is gone; it was marked as removed then.
                 */
                confirmed_at?: string | null;
                /** @description The database that it is or is in. */
                database_name: string;
                /** @description The field's name; null for other objects. */
                field_name?: string | null;
                /**
                 * Format: int64
                 * @description Its id in the catalog.
                 */
                id: number;
                /** @description The table's name, or the object's kind, name and signature; null for databases. */
                object_name?: string | null;
                /** @description The schema of the table or object; null for databases. */
                object_schema?: string | null;
                /**
                 * @description What it is: a database, which a sync did not list any more; a table, field or object, which a deep
                 *     scan did not.
                 */
                object_type: components["schemas"]["ObjectType"];
                /** @description Why it may be there nevertheless. */
                reason: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_FailedRow: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: date-time
                 * @description When that was.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description Counts the rows that failed.
                 */
                id: number;
                /**
                 * Format: uuid
                 * @description The job that could not write it.
                 */
                job_id: string;
                /** @description Why it could not be written. */
                reason: string;
                /** @description The values of its key, or its place in the query's answer where it has none. */
                row_key: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Field: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description Character set (`MySQL`). */
                charset?: string | null;
                /** @description Collation, where it is not the type's own. */
                collation?: string | null;
                /** @description The default as an SQL expression; null for none. */
                column_default?: string | null;
                /** @description PRI, UNI or MUL; null for none. On `PostgreSQL` derived by `MySQL`'s rules. */
                column_key?: string | null;
                /** @description The type as the server prints it. */
                column_type: string;
                /**
                 * Format: date-time
                 * @description When it was first seen.
                 */
                created_at: string;
                /**
                 * @description The neutral type: integer, decimal, float, boolean, text, binary, date, time, timestamp,
                 *     interval, json, uuid, array, enum, set, bit, spatial, network, range, xml, composite, other.
                 */
                data_type: string;
                /** @description The base type of a domain (`PostgreSQL`). */
                domain_base_type?: string | null;
                /** @description The labels of an enum or set, in order. */
                enum_values?: string[] | null;
                /** @description `auto_increment`, `on update ...`, `identity always`, ... as the server prints it. */
                extra?: string | null;
                /** @description Its comment; null when it has none. */
                field_comment?: string | null;
                /** @description Its name, byte for byte. */
                field_name: string;
                /**
                 * Format: int32
                 * @description Its place among the table's columns, from 1.
                 */
                field_position: number;
                /** @description The expression of a generated column. */
                generation_expression?: string | null;
                /** @description stored or virtual; null for a column that is not generated. */
                generation_kind?: string | null;
                /**
                 * Format: int64
                 * @description The catalog's id.
                 */
                id: number;
                /** @description always or by default: an identity column of `PostgreSQL`. */
                identity?: string | null;
                /** @description Whether it is an array (`PostgreSQL`). */
                is_array: boolean;
                /** @description Whether `SELECT *` leaves it out. */
                is_invisible: boolean;
                /** @description Whether it may be NULL. */
                is_nullable: boolean;
                /**
                 * Format: date-time
                 * @description When it was found to be gone; null while it lives.
                 */
                removed_at?: string | null;
                /** @description Figures about its values; null until statistics are asked for. */
                statistics?: unknown;
                /**
                 * Format: int64
                 * @description The table that holds it.
                 */
                table_id: number;
                /**
                 * Format: date-time
                 * @description When its row last changed.
                 */
                updated_at: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Job: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: int32
                 * @description How often it has been started.
                 */
                attempt: number;
                /**
                 * Format: date-time
                 * @description When somebody asked to stop it.
                 */
                cancel_requested_at?: string | null;
                /**
                 * Format: date-time
                 * @description When it ended.
                 */
                completed_at?: string | null;
                /**
                 * Format: int64
                 * @description The data source it reads, if it reads one.
                 */
                datasource_id?: number | null;
                /**
                 * @description Why it failed and what to do, cause by cause; while it waits for another attempt, why the last
                 *     one failed.
                 */
                error_details?: string | null;
                /** @description What the program outside that runs it calls it; null for those that Plumbline runs. */
                external_id?: string | null;
                /**
                 * Format: date-time
                 * @description When its worker was last heard of, or the program outside that runs it.
                 */
                heartbeat_at?: string | null;
                /**
                 * Format: uuid
                 * @description `UUIDv7`.
                 */
                id: string;
                /**
                 * @description `METADATA_SYNC`, `DEEP_SCAN`, `SQL_SYNC`, `SQL_ETL`, `HTTP_ETL`, MEASURE, or the word that a run from
                 *     outside was reported with.
                 */
                job_type: string;
                /** @description What it does just now, in words. */
                message?: string | null;
                /** @description What it was asked to do. */
                parameters: unknown;
                /**
                 * Format: uuid
                 * @description The job that started this one, or that this one does again.
                 */
                parent_job_id?: string | null;
                /**
                 * Format: int64
                 * @description The pipeline that it is a run of, if it is one of a pipeline.
                 */
                pipeline_id?: number | null;
                /**
                 * Format: date-time
                 * @description When it was accepted.
                 */
                queued_at: string;
                /**
                 * Format: int64
                 * @description How many could not be processed.
                 */
                records_failed: number;
                /**
                 * Format: double
                 * @description How many records a second the running attempt does; null until it has done some, and at the end.
                 */
                records_per_second?: number | null;
                /**
                 * Format: int64
                 * @description How many are done.
                 */
                records_processed: number;
                /**
                 * Format: int64
                 * @description How many records there are to process; null until known.
                 */
                records_total?: number | null;
                /** @description The `sub` of the credential that asked for it. */
                requested_by?: string | null;
                /** @description What came out of it. */
                result?: unknown;
                /**
                 * Format: date-time
                 * @description When the next attempt is due, after one that failed for a cause that may pass.
                 */
                run_after?: string | null;
                /**
                 * Format: int64
                 * @description The `scan_id` of the deep scan, or the `sync_id` of the sync, that it is; null for a job that is neither.
                 */
                scan_id?: number | null;
                /**
                 * Format: double
                 * @description How many seconds are left at that pace; null when the total is not known.
                 */
                seconds_left?: number | null;
                /**
                 * Format: date-time
                 * @description When its last attempt began.
                 */
                started_at?: string | null;
                /** @description Where it stands. */
                status: components["schemas"]["JobStatus"];
                /** @description What the job works on, in words that a person reads. */
                target_scope: string;
                /** @description Who or what asked for it: manual, schedule, registration, manage, pipeline, external. */
                trigger: string;
                /**
                 * Format: int64
                 * @description Counts the changes of this row: the id of its events.
                 */
                version: number;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_PipelineView: {
            /** @description The items, in the order of the list. */
            items: (components["schemas"]["Pipeline"] & components["schemas"]["PipelineStatus"] & {
                biz_table?: components["schemas"]["PipelineTable"] | null;
                /**
                 * @description What no longer fits the catalog, such as a column that has been removed. None of its jobs starts before
                 *     that is mended.
                 */
                problems: components["schemas"]["FieldError"][];
                sync_table?: components["schemas"]["PipelineTable"] | null;
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
        Page_Relation: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description The table that has the key, or the view. */
                from: components["schemas"]["RelationEnd"];
                /**
                 * Format: int64
                 * @description The catalog's id.
                 */
                id: number;
                /** @description Why the one refers to the other. */
                kind: components["schemas"]["RelationKind"];
                /** @description The name of the foreign key; null for a view. */
                name?: string | null;
                /** @description The table that it points to or reads. */
                to: components["schemas"]["RelationEnd"];
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Schedule: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: date-time
                 * @description When it was made.
                 */
                created_at: string;
                /** @description When: a cron expression of five fields, or a word such as @daily. */
                cron: string;
                /** @description The databases that level 2 reads; null for level 1. */
                databases?: string[] | null;
                /**
                 * Format: int64
                 * @description The data source that is read.
                 */
                datasource_id: number;
                /**
                 * Format: int64
                 * @description Its id.
                 */
                id: number;
                /**
                 * Format: int32
                 * @description A run comes so many seconds after its tick at most, always the same number for one schedule.
                 */
                jitter_seconds: number;
                /**
                 * Format: uuid
                 * @description The job that it last started.
                 */
                last_job_id?: string | null;
                /**
                 * Format: date-time
                 * @description When it last started a job; null before the first.
                 */
                last_run_at?: string | null;
                /**
                 * Format: int32
                 * @description 1 lists the server's databases, 2 reads those that `databases` names.
                 */
                level: number;
                /**
                 * Format: date-time
                 * @description When it runs next, jitter included; null while it or its data source is paused.
                 */
                next_run_at?: string | null;
                /** @description Who keeps it. */
                origin: components["schemas"]["Origin"];
                /** @description Whether it rests. */
                paused: boolean;
                /** @description The zone whose clock `cron` means. */
                time_zone: string;
                /**
                 * Format: date-time
                 * @description When it last changed or ran.
                 */
                updated_at: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_SearchHit: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description Its comment; null where it has none. */
                comment?: string | null;
                /** @description What of it answers the query. */
                highlights: components["schemas"]["SearchHighlights"];
                /**
                 * Format: int64
                 * @description The row of the catalog, for the endpoint of its kind.
                 */
                id: number;
                /** @description What it is. */
                kind: components["schemas"]["SearchKind"];
                /** @description Its name. */
                name: string;
                /** @description Where it lies, itself included. */
                path: components["schemas"]["SearchPath"];
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_SyncLog: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: int64
                 * @description Objects that were new.
                 */
                added_count: number;
                /**
                 * Format: int64
                 * @description Objects that had changed.
                 */
                changed_count: number;
                /**
                 * Format: date-time
                 * @description When it ended.
                 */
                completed_at?: string | null;
                cost?: components["schemas"]["Cost"] | null;
                /**
                 * Format: date-time
                 * @description When it was accepted.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description How many databases were read.
                 */
                databases_scanned: number;
                /**
                 * Format: int64
                 * @description The data source that was read.
                 */
                datasource_id: number;
                /**
                 * Format: double
                 * @description How long it took, in seconds.
                 */
                duration_seconds?: number | null;
                /** @description Why it failed. */
                error_message?: string | null;
                /**
                 * Format: int64
                 * @description Objects that could not be read.
                 */
                failed_count: number;
                /**
                 * Format: int64
                 * @description How many fields were read, or are known to be as they were.
                 */
                fields_scanned: number;
                /**
                 * Format: int64
                 * @description The `sync_id` of a level-1 sync, the `scan_id` of a deep scan.
                 */
                id: number;
                /**
                 * Format: uuid
                 * @description The job that ran it.
                 */
                job_id: string;
                mode?: components["schemas"]["ScanMode"] | null;
                /**
                 * Format: int64
                 * @description Objects that were gone.
                 */
                removed_count: number;
                /**
                 * Format: int64
                 * @description Objects that had another name before.
                 */
                renamed_count?: number;
                /** @description What tells the server that was read from every other; null where the login may not know it. */
                server_identity?: string | null;
                /**
                 * Format: date-time
                 * @description When it began.
                 */
                started_at?: string | null;
                /** @description Where it stands. */
                status: components["schemas"]["JobStatus"];
                /** @description database, table or field: how deep it reads. */
                sync_level: string;
                /** @description auto, manual or deep. */
                sync_type: string;
                /**
                 * Format: int64
                 * @description How many tables were read, or are known to be as they were.
                 */
                tables_scanned: number;
                /**
                 * Format: int64
                 * @description Those of them that were not read, since their digests told that they are as they were.
                 */
                tables_unchanged?: number;
                /** @description The databases of a deep scan, comma-separated; null for level 1. */
                target_database?: string | null;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_Table: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: int64
                 * @description The next number of an `AUTO_INCREMENT` (`MySQL`).
                 */
                auto_increment?: number | null;
                /**
                 * Format: date-time
                 * @description When it was first seen.
                 */
                created_at: string;
                /**
                 * Format: int64
                 * @description Data in bytes; null when unknown.
                 */
                data_size_bytes?: number | null;
                /**
                 * Format: int64
                 * @description The database that holds it.
                 */
                database_id: number;
                /** @description Storage engine (`MySQL`) or access method (`PostgreSQL`). */
                engine?: string | null;
                /**
                 * Format: int32
                 * @description How many fields it has.
                 */
                field_count: number;
                /**
                 * Format: int64
                 * @description The catalog's id.
                 */
                id: number;
                /**
                 * Format: int64
                 * @description Indexes in bytes; null when unknown.
                 */
                index_size_bytes?: number | null;
                /** @description Whether its fields have been read. */
                is_scanned: boolean;
                /**
                 * Format: date-time
                 * @description When a deep scan last read it.
                 */
                last_scan_at?: string | null;
                /**
                 * Format: date-time
                 * @description When it was found to be gone; null while it lives.
                 */
                removed_at?: string | null;
                /**
                 * Format: int64
                 * @description How many rows; null when unknown.
                 */
                row_count?: number | null;
                /**
                 * Format: date-time
                 * @description When `row_count` was read.
                 */
                row_count_at?: string | null;
                /** @description Where `row_count` comes from: estimate, cached or exact. */
                row_count_source?: string | null;
                /** @description Why it could not be read. */
                scan_error?: string | null;
                /** @description Its comment; null when it has none. */
                table_comment?: string | null;
                /** @description Its name, byte for byte. */
                table_name: string;
                /** @description Its schema; '' on `MySQL`. */
                table_schema: string;
                /**
                 * @description TABLE, VIEW, `MATERIALIZED_VIEW`, `FOREIGN_TABLE`, `PARTITIONED_TABLE`, PARTITION,
                 *     `SYSTEM_VERSIONED`, or the server's own word.
                 */
                table_type: string;
                /**
                 * Format: int64
                 * @description How much of the data lies in the TOAST table (`PostgreSQL`).
                 */
                toast_size_bytes?: number | null;
                /**
                 * Format: date-time
                 * @description When its row last changed.
                 */
                updated_at: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_TableName: {
            /** @description The items, in the order of the list. */
            items: {
                /** @description Its own name. */
                table_name: string;
                /** @description Its schema; '' on `MySQL`. */
                table_schema: string;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One page of a list. */
        Page_TreeNode: {
            /** @description The items, in the order of the list. */
            items: {
                /**
                 * Format: int64
                 * @description The row of the catalog, for the endpoint of its kind; null for a schema.
                 */
                catalog_id?: number | null;
                /**
                 * Format: int64
                 * @description How many entries lie below; null when unknown because nobody has scanned it yet.
                 */
                child_count?: number | null;
                /** @description Give this back as `parent` to see what lies below. */
                id: string;
                /** @description What it is. */
                kind: components["schemas"]["TreeKind"];
                /** @description What a person wants to know at a glance: the flavor of a data source, the kind of a table, the type of a field. */
                label?: string | null;
                /** @description Its name. */
                name: string;
                /**
                 * Format: date-time
                 * @description When it was found to be gone; null while it lives.
                 */
                removed_at?: string | null;
            }[];
            /** @description Give this back as `cursor` to read on; null on the last page. */
            next_cursor?: string | null;
            /**
             * Format: int64
             * @description How many items the whole list has; only with `with_total=true`.
             */
            total?: number | null;
        };
        /** @description One part of a partitioned `MySQL` table. */
        Partition: {
            /** @description Its bound as the server prints it; null for HASH and KEY. */
            bound?: string | null;
            /** @description Its comment. */
            comment?: string | null;
            /** @description Its name. */
            name: string;
            /** @description Its own part's name, under sub-partitioning. */
            sub_name?: string | null;
        };
        /** @description How a table is cut into partitions. */
        Partitioning: {
            /** @description The partition key or expression as the server prints it. */
            expression: string;
            /** @description RANGE, LIST, HASH, ... as the server prints it. */
            method: string;
            /** @description The parts in order (`MySQL`; a `PostgreSQL` partition is a table with `parents`). */
            parts?: components["schemas"]["Partition"][];
            /** @description The expression of the parts' own parts (`MySQL`). */
            sub_expression?: string | null;
            /** @description The method of the parts' own parts (`MySQL`). */
            sub_method?: string | null;
        };
        /**
         * Format: password
         * @description A password on its way in: read from a request, never printed and never sent.
         */
        Password: string;
        /** @description One pipeline, as it was defined. */
        Pipeline: {
            /**
             * Format: int64
             * @description The table that is made from it; null when its data source has been deleted.
             */
            biz_table_id?: number | null;
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /** @description How the difference is measured. */
            delta: components["schemas"]["Delta"];
            /** @description How the business table is made. */
            etl: components["schemas"]["Etl"];
            /** @description How the sync table is filled. */
            fill: components["schemas"]["Fill"];
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /** @description The name that the tenant gave it. */
            name: string;
            schedule?: components["schemas"]["PipelineSchedule"] | null;
            /**
             * Format: int64
             * @description The table that is filled; null when its data source has been deleted.
             */
            sync_table_id?: number | null;
            /** @description How old the data may be. */
            target: components["schemas"]["Target"];
            /**
             * Format: int64
             * @description So many rows that wait start the ETL by themselves; null when nothing does.
             */
            threshold?: number | null;
            /**
             * Format: date-time
             * @description When it last changed or its schedule ran.
             */
            updated_at: string;
        };
        /** @description One of the last runs of a pipeline. */
        PipelineJob: {
            /**
             * Format: date-time
             * @description When it ended.
             */
            completed_at?: string | null;
            /** @description The first line of why it failed, or why its last attempt did. */
            error?: string | null;
            /**
             * Format: uuid
             * @description Its id in the job log.
             */
            id: string;
            /** @description `SQL_SYNC`, `SQL_ETL`, `HTTP_ETL`, MEASURE, or the word that a run from outside was reported with. */
            job_type: string;
            /**
             * Format: date-time
             * @description When it was accepted.
             */
            queued_at: string;
            /**
             * Format: int64
             * @description How many it could not do.
             */
            records_failed: number;
            /**
             * Format: int64
             * @description How many records it has done.
             */
            records_processed: number;
            /** @description Where it stands. */
            status: components["schemas"]["JobStatus"];
        };
        /** @description Answer of a request that starts a job of a pipeline. */
        PipelineJobStarted: {
            /**
             * Format: uuid
             * @description The job.
             */
            job_id: string;
            /**
             * Format: int64
             * @description The pipeline.
             */
            pipeline_id: number;
            /** @description QUEUED. */
            status: components["schemas"]["JobStatus"];
        };
        /** @description When a pipeline runs by itself: it fills the sync table, or only measures where that is filled from outside. */
        PipelineSchedule: {
            /** @description A cron expression of five fields, or a word such as @daily. */
            cron: string;
            /**
             * Format: int32
             * @description A run comes so many seconds after its tick at most, always the same number for one pipeline.
             */
            jitter_seconds: number;
            /**
             * Format: uuid
             * @description The job that it last started.
             */
            last_job_id?: string | null;
            /**
             * Format: date-time
             * @description When it last started a job; null before the first.
             */
            last_run_at?: string | null;
            /**
             * Format: date-time
             * @description When it runs next, jitter included; null while it is paused.
             */
            next_run_at?: string | null;
            /** @description Whether it rests. */
            paused: boolean;
            /** @description The zone whose clock `cron` means. */
            time_zone: string;
        };
        /** @description Where a pipeline stands: what its jobs and its last measurement tell. Nothing is measured for an answer. */
        PipelineStatus: {
            /** @description Whether the business table is within its target. */
            etl_freshness: components["schemas"]["Freshness"];
            /** @description Whether both are: late as soon as one is late. */
            freshness: components["schemas"]["Freshness"];
            /** @description The last runs, newest first. */
            last_jobs: components["schemas"]["PipelineJob"][];
            /**
             * Format: date-time
             * @description When the business table was last made, in the same way.
             */
            last_processed_at?: string | null;
            /**
             * Format: date-time
             * @description When the sync table was last filled: the later of the last run that ended well and of the newest time in
             *     its watermark column; null when neither is known.
             */
            last_synced_at?: string | null;
            /**
             * Format: date-time
             * @description When that was measured.
             */
            measured_at?: string | null;
            measurement?: components["schemas"]["Measurement"] | null;
            /** @description How it was measured; before the first measurement how it will be. */
            method: components["schemas"]["DeltaMethod"];
            /**
             * Format: int64
             * @description How many rows wait to be processed, as last measured; null before the first measurement.
             */
            pending_rows?: number | null;
            /** @description Whether the sync table is within its target. */
            sync_freshness: components["schemas"]["Freshness"];
        };
        /** @description A table of a pipeline, by its names. */
        PipelineTable: {
            /** @description Its database. */
            database_name: string;
            /**
             * Format: int64
             * @description The data source that holds it.
             */
            datasource_id: number;
            /** @description What that is called. */
            datasource_name: string;
            /**
             * Format: int64
             * @description The catalog's id.
             */
            id: number;
            /** @description Its name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
        };
        /** @description One pipeline, as the API shows it. */
        PipelineView: components["schemas"]["Pipeline"] & components["schemas"]["PipelineStatus"] & {
            biz_table?: components["schemas"]["PipelineTable"] | null;
            /**
             * @description What no longer fits the catalog, such as a column that has been removed. None of its jobs starts before
             *     that is mended.
             */
            problems: components["schemas"]["FieldError"][];
            sync_table?: components["schemas"]["PipelineTable"] | null;
        };
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
        /** @description The target of a foreign key and what happens to it. */
        Reference: {
            /** @description The target's columns, in the order of the key's. */
            columns: string[];
            /** @description The target's database, where it is another one (`MySQL`). */
            database_name?: string | null;
            /** @description SIMPLE, FULL, PARTIAL, or the server's own word. */
            match: string;
            /** @description The same for deletes. */
            on_delete: string;
            /** @description The columns that SET NULL or SET DEFAULT of a delete sets, where not all (`PostgreSQL` 15). */
            on_delete_columns?: string[];
            /** @description NO ACTION, RESTRICT, CASCADE, SET NULL or SET DEFAULT. */
            on_update: string;
            /** @description The target table. */
            table_name: string;
            /** @description The target's schema; '' on `MySQL`. */
            table_schema: string;
        };
        /** @description One table's reference to another: a foreign key, or a view that reads it. */
        Relation: {
            /** @description The table that has the key, or the view. */
            from: components["schemas"]["RelationEnd"];
            /**
             * Format: int64
             * @description The catalog's id.
             */
            id: number;
            /** @description Why the one refers to the other. */
            kind: components["schemas"]["RelationKind"];
            /** @description The name of the foreign key; null for a view. */
            name?: string | null;
            /** @description The table that it points to or reads. */
            to: components["schemas"]["RelationEnd"];
        };
        /** @description One side of a relation. */
        RelationEnd: {
            /** @description Its database. */
            database_name: string;
            /** @description The fields that take part, in the key's order; empty where the server does not tell. */
            fields: string[];
            /**
             * Format: int64
             * @description The table in the catalog; null where it has not been scanned.
             */
            table_id?: number | null;
            /** @description Its name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
        };
        /**
         * @description Why one table refers to another.
         * @enum {string}
         */
        RelationKind: "foreign_key" | "view_dependency";
        /** @description Answer of `POST /scan/{scan_id}/confirm-removals`. */
        RemovalsConfirmed: {
            /**
             * Format: int64
             * @description How many databases, tables, fields and objects are marked as removed by this request.
             */
            removed: number;
            /**
             * Format: int64
             * @description The scan or sync.
             */
            scan_id: number;
        };
        /**
         * @description Body of `POST /jobs`: report a run.
         * @example {
         *       "external_id": "nightly-2026-01-31",
         *       "job_type": "AI_ETL",
         *       "target_scope": "all_biz"
         *     }
         */
        ReportJob: {
            /**
             * Format: date-time
             * @description When it ended, for a `status` that is an end; now if absent, and for a time that has not come yet.
             */
            completed_at?: string | null;
            /** @description Why it failed, at most 65536 bytes. */
            error_details?: string | null;
            /**
             * @description What the program calls this run, 1 to 255 bytes: a report with one that is known is about the same
             *     run, which makes it safe to send again.
             */
            external_id?: string | null;
            /**
             * @description What the run does: a word of capitals, digits and underscores such as `AI_ETL`, at most 64 long.
             *     `METADATA_SYNC`, `DEEP_SCAN` and `MEASURE` are run by Plumbline alone.
             */
            job_type: string;
            /** @description What it does just now, in words, at most 1000 characters. */
            message?: string | null;
            /** @description What the run was asked to do. */
            parameters?: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description How many could not be processed.
             */
            records_failed?: number | null;
            /**
             * Format: int64
             * @description How many are done.
             */
            records_processed?: number | null;
            /**
             * Format: int64
             * @description How many records there are to process.
             */
            records_total?: number | null;
            /** @description What came out of it. */
            result?: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description When it began; now if absent, and for a time that has not come yet.
             */
            started_at?: string | null;
            status?: components["schemas"]["JobStatus"] | null;
            /** @description What the run works on, in words that a person reads, 1 to 255 characters. */
            target_scope: string;
        };
        /**
         * @description What a caller may do within its tenant. Each role includes the ones before it.
         * @enum {string}
         */
        Role: "viewer" | "operator" | "admin";
        /** @description What is particular to a routine. */
        Routine: {
            /** @description The arguments with modes, names, types and defaults, as the server prints them. */
            arguments?: string | null;
            /** @description CONTAINS SQL, NO SQL, READS SQL DATA or MODIFIES SQL DATA (`MySQL`). */
            data_access?: string | null;
            /** @description The account that DEFINER means (`MySQL`). */
            definer?: string | null;
            /** @description Whether it is declared DETERMINISTIC (`MySQL`). */
            deterministic?: boolean | null;
            /** @description The language: sql, plpgsql, c, SQL, ... */
            language?: string | null;
            /** @description The type of what a function returns, as the server prints it. */
            returns?: string | null;
            /** @description When an event runs (`MySQL`), such as `EVERY 1 DAY`. */
            schedule?: string | null;
            /** @description DEFINER or INVOKER: with whose rights it runs. */
            security?: string | null;
            /** @description IMMUTABLE, STABLE or VOLATILE (`PostgreSQL`). */
            volatility?: string | null;
        };
        /** @description One object that a scan could not read. */
        ScanFailure: {
            /** @description The database. */
            database: string;
            /** @description Why, and what to do. */
            error: string;
            /** @description The table as the request or the server names it; null for the whole database. */
            table?: string | null;
        };
        /**
         * @description How a deep scan reads.
         * @enum {string}
         */
        ScanMode: "incremental" | "full";
        /** @description Answer of `GET /scan/status/{scan_id}`, for scans and syncs. */
        ScanStatus: {
            /** @description What was found to be different. */
            changes: components["schemas"]["ChangeCounts"];
            /**
             * Format: date-time
             * @description When it ended.
             */
            completed_at?: string | null;
            cost?: components["schemas"]["Cost"] | null;
            /**
             * Format: double
             * @description How long it took, or has taken so far, in seconds.
             */
            duration_seconds?: number | null;
            /** @description Why it failed and what to do. */
            error_message?: string | null;
            /** @description What could not be read. `table` is null where the whole database could not. */
            failures: components["schemas"]["ScanFailure"][];
            /**
             * Format: int64
             * @description How many fields have been written to the catalog, or are known to be as they were.
             */
            fields_scanned: number;
            /**
             * Format: uuid
             * @description Its job.
             */
            job_id: string;
            /** @description What it does just now, in words. */
            message?: string | null;
            /** @description What the login may not see, each with the grant that would show it. */
            missing_grants?: components["schemas"]["MissingGrant"][];
            mode?: components["schemas"]["ScanMode"] | null;
            /**
             * Format: double
             * @description Done out of one; null until the total is known.
             */
            progress?: number | null;
            /**
             * Format: double
             * @description How many tables (level 2) or databases (level 1) a second the running attempt reads; null until it has
             *     read some, and at the end.
             */
            records_per_second?: number | null;
            /**
             * Format: int64
             * @description The data source that it reads.
             */
            resource_id: number;
            /**
             * Format: int64
             * @description The scan or sync.
             */
            scan_id: number;
            /**
             * Format: double
             * @description How many seconds are left at that pace; null when the total is not known.
             */
            seconds_left?: number | null;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at?: string | null;
            /** @description Where it stands. */
            status: components["schemas"]["JobStatus"];
            /**
             * Format: int64
             * @description How many have been written to the catalog, or are known to be as they were.
             */
            tables_scanned: number;
            /**
             * Format: int64
             * @description Tables to read (level 2) or databases (level 1); null until known.
             */
            tables_total?: number | null;
            /**
             * Format: int64
             * @description Those of them that were not read, since their digests told that they are as they were.
             */
            tables_unchanged?: number;
        };
        /** @description One database to scan. */
        ScanTarget: {
            /** @description The database's name. */
            database: string;
            /** @description Only these tables: `name`, which means that name in every schema, or `schema.name`. All when absent. */
            tables?: string[] | null;
        };
        /** @description One schedule, as the API shows it. */
        Schedule: {
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /** @description When: a cron expression of five fields, or a word such as @daily. */
            cron: string;
            /** @description The databases that level 2 reads; null for level 1. */
            databases?: string[] | null;
            /**
             * Format: int64
             * @description The data source that is read.
             */
            datasource_id: number;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /**
             * Format: int32
             * @description A run comes so many seconds after its tick at most, always the same number for one schedule.
             */
            jitter_seconds: number;
            /**
             * Format: uuid
             * @description The job that it last started.
             */
            last_job_id?: string | null;
            /**
             * Format: date-time
             * @description When it last started a job; null before the first.
             */
            last_run_at?: string | null;
            /**
             * Format: int32
             * @description 1 lists the server's databases, 2 reads those that `databases` names.
             */
            level: number;
            /**
             * Format: date-time
             * @description When it runs next, jitter included; null while it or its data source is paused.
             */
            next_run_at?: string | null;
            /** @description Who keeps it. */
            origin: components["schemas"]["Origin"];
            /** @description Whether it rests. */
            paused: boolean;
            /** @description The zone whose clock `cron` means. */
            time_zone: string;
            /**
             * Format: date-time
             * @description When it last changed or ran.
             */
            updated_at: string;
        };
        /** @description When a pipeline runs by itself. */
        ScheduleRequest: {
            /** @description When: a cron expression of five fields, or a word such as @daily. At most 100 bytes. */
            cron: string;
            /**
             * Format: int32
             * @description A run comes so many seconds after its tick at most; the service's setting `sync.jitter_seconds` when absent.
             */
            jitter_seconds?: number | null;
            /** @description Whether it rests. */
            paused?: boolean;
            /** @description The zone whose clock `cron` means, by its IANA name; the service's setting `sync.time_zone` when absent. */
            time_zone?: string | null;
        };
        /** @description Which parts of an entry answer the query: where each begins, and where it has ended, in Unicode code points. */
        SearchHighlights: {
            /** @description Parts of the comment; absent where none is meant. */
            comment?: [
                number,
                number
            ][];
            /** @description Parts of the name; absent where none is meant. */
            name?: [
                number,
                number
            ][];
        };
        /** @description One entry of the catalog that answers a query. */
        SearchHit: {
            /** @description Its comment; null where it has none. */
            comment?: string | null;
            /** @description What of it answers the query. */
            highlights: components["schemas"]["SearchHighlights"];
            /**
             * Format: int64
             * @description The row of the catalog, for the endpoint of its kind.
             */
            id: number;
            /** @description What it is. */
            kind: components["schemas"]["SearchKind"];
            /** @description Its name. */
            name: string;
            /** @description Where it lies, itself included. */
            path: components["schemas"]["SearchPath"];
        };
        /**
         * @description What an entry is.
         * @enum {string}
         */
        SearchKind: "datasource" | "database" | "table" | "field";
        /** @description Where an entry lies. */
        SearchPath: {
            /**
             * Format: int64
             * @description The database; absent for a data source.
             */
            database_id?: number | null;
            /** @description Its name. */
            database_name?: string | null;
            /**
             * Format: int64
             * @description The data source.
             */
            datasource_id: number;
            /** @description Its name. */
            datasource_name: string;
            /**
             * Format: int64
             * @description The table; absent for a data source and a database.
             */
            table_id?: number | null;
            /** @description Its name. */
            table_name?: string | null;
            /** @description The schema of the table, '' on `MySQL`; absent for what lies in no table. */
            table_schema?: string | null;
        };
        /**
         * Format: password
         * @description A secret on its way between the service and the one whom it is for. It is never printed.
         */
        Secret: string;
        /** @description What is particular to a sequence. Absent where the server has no statement that tells it for all of them. */
        Sequence: {
            /**
             * Format: int64
             * @description How many numbers a session takes at once.
             */
            cache?: number | null;
            /** @description Whether it begins anew after its last number. */
            cycle?: boolean | null;
            /** @description The type of its numbers. */
            data_type?: string | null;
            /**
             * Format: int64
             * @description The distance between its numbers.
             */
            increment?: number | null;
            /**
             * Format: int64
             * @description Its largest number.
             */
            maximum?: number | null;
            /**
             * Format: int64
             * @description Its smallest number.
             */
            minimum?: number | null;
            owned_by?: components["schemas"]["FieldName"] | null;
            /**
             * Format: int64
             * @description Its first number.
             */
            start?: number | null;
        };
        /**
         * @description Body of `POST /auth/sign-in`: use a sign-in link.
         * @example {
         *       "code": ""
         *     }
         */
        SignIn: {
            /** @description The code of the link. */
            code: components["schemas"]["Secret"];
        };
        /** @description A sign-in link, as the API shows it. */
        SignInLink: {
            /**
             * Format: date-time
             * @description Until when it can be used, once.
             */
            expires_at: string;
            /**
             * Format: int64
             * @description Its id.
             */
            id: number;
            /** @description What the session will allow. */
            roles: components["schemas"]["Role"][];
            /** @description Who is signed in by it. */
            subject: string;
        };
        /** @description A session that a sign-in link opened. */
        SignedIn: {
            /**
             * Format: date-time
             * @description When it ends.
             */
            expires_at: string;
            /** @description What it allows. */
            roles: components["schemas"]["Role"][];
            /** @description Who is signed in. */
            subject: string;
            /** @description The tenant that it opens. */
            tenant_id: components["schemas"]["TenantId"];
            /** @description The token, for `Authorization: Bearer`. */
            token: components["schemas"]["Secret"];
        };
        /** @description One statement, run in the database of the business table. */
        SqlEtl: {
            /** @description The statement. */
            statement: string;
        };
        /** @description A query and what becomes of its rows. */
        SqlFill: {
            /** @description The database that the session is opened in. */
            database: string;
            /** @description The columns of the sync table that tell its rows apart; needed for `upsert`. */
            key?: string[];
            /**
             * @description The column of the sync table for each column of the query; those that are not named here go to the column
             *     of their own name. Empty for all by name.
             */
            mapping?: {
                [key: string]: string;
            };
            /** @description What becomes of rows that are there. */
            mode?: components["schemas"]["FillMode"];
            /** @description The query. */
            query: string;
            /**
             * Format: int64
             * @description The data source that is asked.
             */
            resource_id: number;
        };
        /**
         * @description Body of `POST /scan/deep`: start level 2 of one database, or of several by `targets`.
         * @example {
         *       "database": "shop",
         *       "resource_id": 1
         *     }
         */
        StartDeepScan: {
            /** @description The database, unless `targets` names several. */
            database?: string | null;
            /** @description Read fields, keys and indexes too. */
            include_fields?: boolean;
            /** @description Compute statistics of values; not available yet. */
            include_statistics?: boolean;
            /** @description Read tables; always true. */
            include_tables?: boolean;
            /** @description How to read. */
            mode?: components["schemas"]["ScanMode"];
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
            /** @description Only these tables of `database`. */
            tables?: string[] | null;
            /** @description Several databases, read side by side by one job. */
            targets?: components["schemas"]["ScanTarget"][] | null;
        };
        /**
         * @description Body of `POST /sync/auto`: start level 1.
         * @example {
         *       "resource_id": 1
         *     }
         */
        StartSync: {
            /** @description Read again even when the last result is under a minute old. */
            force?: boolean;
            /**
             * Format: int64
             * @description The data source.
             */
            resource_id: number;
        };
        /** @description One run of either level. Its id is the API's `sync_id` and `scan_id`. */
        SyncLog: {
            /**
             * Format: int64
             * @description Objects that were new.
             */
            added_count: number;
            /**
             * Format: int64
             * @description Objects that had changed.
             */
            changed_count: number;
            /**
             * Format: date-time
             * @description When it ended.
             */
            completed_at?: string | null;
            cost?: components["schemas"]["Cost"] | null;
            /**
             * Format: date-time
             * @description When it was accepted.
             */
            created_at: string;
            /**
             * Format: int64
             * @description How many databases were read.
             */
            databases_scanned: number;
            /**
             * Format: int64
             * @description The data source that was read.
             */
            datasource_id: number;
            /**
             * Format: double
             * @description How long it took, in seconds.
             */
            duration_seconds?: number | null;
            /** @description Why it failed. */
            error_message?: string | null;
            /**
             * Format: int64
             * @description Objects that could not be read.
             */
            failed_count: number;
            /**
             * Format: int64
             * @description How many fields were read, or are known to be as they were.
             */
            fields_scanned: number;
            /**
             * Format: int64
             * @description The `sync_id` of a level-1 sync, the `scan_id` of a deep scan.
             */
            id: number;
            /**
             * Format: uuid
             * @description The job that ran it.
             */
            job_id: string;
            mode?: components["schemas"]["ScanMode"] | null;
            /**
             * Format: int64
             * @description Objects that were gone.
             */
            removed_count: number;
            /**
             * Format: int64
             * @description Objects that had another name before.
             */
            renamed_count?: number;
            /** @description What tells the server that was read from every other; null where the login may not know it. */
            server_identity?: string | null;
            /**
             * Format: date-time
             * @description When it began.
             */
            started_at?: string | null;
            /** @description Where it stands. */
            status: components["schemas"]["JobStatus"];
            /** @description database, table or field: how deep it reads. */
            sync_level: string;
            /** @description auto, manual or deep. */
            sync_type: string;
            /**
             * Format: int64
             * @description How many tables were read, or are known to be as they were.
             */
            tables_scanned: number;
            /**
             * Format: int64
             * @description Those of them that were not read, since their digests told that they are as they were.
             */
            tables_unchanged?: number;
            /** @description The databases of a deep scan, comma-separated; null for level 1. */
            target_database?: string | null;
        };
        /** @description Answer of `POST /sync/auto`. */
        SyncStarted: {
            /**
             * Format: uuid
             * @description Its job.
             */
            job_id: string;
            /** @description What was done, in words. */
            message: string;
            /** @description QUEUED, or SUCCESS or PARTIAL when a fresh result is answered as it is. */
            status: components["schemas"]["JobStatus"];
            /**
             * Format: int64
             * @description The sync, for `GET /scan/status/{id}`.
             */
            sync_id: number;
        };
        /** @description One table, view or other relation, as lists show it. */
        Table: {
            /**
             * Format: int64
             * @description The next number of an `AUTO_INCREMENT` (`MySQL`).
             */
            auto_increment?: number | null;
            /**
             * Format: date-time
             * @description When it was first seen.
             */
            created_at: string;
            /**
             * Format: int64
             * @description Data in bytes; null when unknown.
             */
            data_size_bytes?: number | null;
            /**
             * Format: int64
             * @description The database that holds it.
             */
            database_id: number;
            /** @description Storage engine (`MySQL`) or access method (`PostgreSQL`). */
            engine?: string | null;
            /**
             * Format: int32
             * @description How many fields it has.
             */
            field_count: number;
            /**
             * Format: int64
             * @description The catalog's id.
             */
            id: number;
            /**
             * Format: int64
             * @description Indexes in bytes; null when unknown.
             */
            index_size_bytes?: number | null;
            /** @description Whether its fields have been read. */
            is_scanned: boolean;
            /**
             * Format: date-time
             * @description When a deep scan last read it.
             */
            last_scan_at?: string | null;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it lives.
             */
            removed_at?: string | null;
            /**
             * Format: int64
             * @description How many rows; null when unknown.
             */
            row_count?: number | null;
            /**
             * Format: date-time
             * @description When `row_count` was read.
             */
            row_count_at?: string | null;
            /** @description Where `row_count` comes from: estimate, cached or exact. */
            row_count_source?: string | null;
            /** @description Why it could not be read. */
            scan_error?: string | null;
            /** @description Its comment; null when it has none. */
            table_comment?: string | null;
            /** @description Its name, byte for byte. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
            /**
             * @description TABLE, VIEW, `MATERIALIZED_VIEW`, `FOREIGN_TABLE`, `PARTITIONED_TABLE`, PARTITION,
             *     `SYSTEM_VERSIONED`, or the server's own word.
             */
            table_type: string;
            /**
             * Format: int64
             * @description How much of the data lies in the TOAST table (`PostgreSQL`).
             */
            toast_size_bytes?: number | null;
            /**
             * Format: date-time
             * @description When its row last changed.
             */
            updated_at: string;
        };
        /** @description One table with its keys, indexes and definition. */
        TableDetail: components["schemas"]["Table"] & {
            /** @description What its database is called. */
            database_name: string;
            /**
             * Format: int64
             * @description The data source that holds it.
             */
            datasource_id: number;
            /** @description What that is called. */
            datasource_name: string;
            /** @description Keys, indexes and further facts. */
            details: components["schemas"]["TableDetails"];
            /** @description The statement behind a view; null for other kinds and when the login may not see it. */
            view_definition?: string | null;
        };
        /** @description Keys, indexes and further facts of one table. */
        TableDetails: components["schemas"]["TableFacts"] & {
            /** @description Check constraints, by name. */
            checks?: components["schemas"]["Check"][];
            /** @description Indexes, by name. */
            indexes?: components["schemas"]["Index"][];
            /** @description Primary, unique, foreign and exclusion keys, by name. */
            keys?: components["schemas"]["Key"][];
            partitioning?: components["schemas"]["Partitioning"] | null;
            /** @description Triggers, by name. */
            triggers?: components["schemas"]["Trigger"][];
        };
        /** @description What the server says of a table as a whole. Absent where the server has no such notion. */
        TableFacts: {
            /** @description Collation (`MySQL`). */
            collation?: string | null;
            /** @description When the server says the table was made, in the server's own words and zone (`MySQL`). */
            create_time?: string | null;
            /** @description The foreign server (`PostgreSQL` foreign tables). */
            foreign_server?: string | null;
            /** @description Whether a materialized view holds data (`PostgreSQL`). */
            is_populated?: boolean | null;
            /** @description The composite type that a typed table follows (`PostgreSQL`). */
            of_type?: string | null;
            /** @description Further options as the server prints them: storage parameters (`PostgreSQL`), `CREATE_OPTIONS` (`MySQL`). */
            options?: string[];
            /** @description The owner (`PostgreSQL`). */
            owner?: string | null;
            /** @description The tables that this one is a partition of or inherits from (`PostgreSQL`), in order. */
            parents?: components["schemas"]["TableName"][];
            /** @description The bound of a partition, as the server prints it (`PostgreSQL`). */
            partition_bound?: string | null;
            /** @description `permanent` or `unlogged` (`PostgreSQL`). */
            persistence?: string | null;
            /** @description Row format (`MySQL`). */
            row_format?: string | null;
            /** @description Whether row security is on (`PostgreSQL`). */
            row_security?: boolean | null;
            /** @description Whether row security holds for the owner too (`PostgreSQL`). */
            row_security_forced?: boolean | null;
            /** @description The tablespace, where it is not the database's own (`PostgreSQL`). */
            tablespace?: string | null;
            /** @description LOCAL or CASCADED: what WITH CHECK OPTION of a view checks. */
            view_check_option?: string | null;
            /** @description The account that a view with the security `DEFINER` runs as (`MySQL`). */
            view_definer?: string | null;
            /** @description Whether rows can be changed through a view. */
            view_is_updatable?: boolean | null;
            /** @description DEFINER or INVOKER: with whose rights a view reads its base. */
            view_security?: string | null;
        };
        /** @description One group. */
        TableGroup: {
            /** @description What it is called. */
            name: string;
            /**
             * @description It takes tables whose name begins with one of these, at most 50, upper and lower case alike. One with a dot is
             *     compared with `schema.table`.
             */
            prefixes?: string[];
            /** @description It takes these tables, at most 5000, whatever they are called. */
            table_ids?: number[];
        };
        /**
         * @description The groups that tables are counted into: a table counts into the one that names it, else into the first that has a
         *     prefix of its name.
         * @example {
         *       "groups": [
         *         {
         *           "name": "Staging",
         *           "prefixes": [
         *             "stg_",
         *             "staging."
         *           ]
         *         }
         *       ]
         *     }
         */
        TableGroups: {
            /**
             * @description The groups in order, at most 50; none for the usual ones: Sync (`sync_` and the sync tables of pipelines) and
             *     Business (`biz_` and the business tables of pipelines).
             */
            groups: components["schemas"]["TableGroup"][];
        };
        /** @description The name of a table. */
        TableName: {
            /** @description Its own name. */
            table_name: string;
            /** @description Its schema; '' on `MySQL`. */
            table_schema: string;
        };
        /** @description How old the data may be. */
        Target: {
            /**
             * Format: int32
             * @description The business table is late so many seconds after it was last made; it is never late when absent.
             */
            etl_seconds?: number | null;
            /**
             * Format: int32
             * @description The sync table is late so many seconds after it was last filled; it is never late when absent.
             */
            sync_seconds?: number | null;
        };
        /**
         * Format: int64
         * @description The isolation boundary: every row belongs to exactly one tenant.
         */
        TenantId: number;
        /**
         * @description Body of `POST /datasources/test`: try a connection without saving it.
         * @example {
         *       "database": "shop",
         *       "datasource_type": "postgresql",
         *       "host": "db.example.org",
         *       "password": "",
         *       "port": 5432,
         *       "username": "plumbline"
         *     }
         */
        TestConnection: {
            /** @description The database to connect to first. */
            database?: string | null;
            /** @description The protocol that the server speaks. */
            datasource_type: components["schemas"]["Engine"];
            /** @description Host name or address. */
            host: string;
            password?: components["schemas"]["Password"] | null;
            /**
             * @description Where its password is kept, in place of `password`: `env:NAME` or `file:PATH`, as the
             *     operator of the service allows. It is read anew for each connection.
             */
            password_from?: string | null;
            /**
             * Format: int32
             * @description TCP port.
             */
            port: number;
            /** @description Transport security. */
            tls?: components["schemas"]["Tls"];
            /** @description The login. */
            username: string;
        };
        /** @description What a connection test found, step by step, up to the first step that failed. */
        TestReport: {
            /** @description Whether every step succeeded. */
            ok: boolean;
            /**
             * @description The steps in order: resolve, connect, tls, authenticate, version, databases, privileges.
             *     What comes after a step that failed is not tried and left out. Before them there is
             *     `password` where `password_from` says where that is kept, and where a stored one cannot be
             *     decrypted.
             *
             *     `connect` ends when the server has said that it is one of the engine (with the mode `disable`
             *     a `PostgreSQL` is not asked that before the login). `tls` is the handshake alone.
             *     `authenticate` opens the session that the rest uses, so its time has connecting and the
             *     handshake in it once more.
             */
            steps: components["schemas"]["TestStep"][];
        };
        /** @description One step of a connection test. */
        TestStep: {
            /** @description What was found; where it failed, why and what to change. */
            detail: string;
            /**
             * Format: int64
             * @description How long it took, in milliseconds.
             */
            duration_ms: number;
            /** @description Which step. */
            name: string;
            /** @description Whether it succeeded. */
            ok: boolean;
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
         * @description What an entry of the tree is.
         * @enum {string}
         */
        TreeKind: "datasource" | "database" | "schema" | "table" | "field";
        /** @description One entry of the tree. */
        TreeNode: {
            /**
             * Format: int64
             * @description The row of the catalog, for the endpoint of its kind; null for a schema.
             */
            catalog_id?: number | null;
            /**
             * Format: int64
             * @description How many entries lie below; null when unknown because nobody has scanned it yet.
             */
            child_count?: number | null;
            /** @description Give this back as `parent` to see what lies below. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["TreeKind"];
            /** @description What a person wants to know at a glance: the flavor of a data source, the kind of a table, the type of a field. */
            label?: string | null;
            /** @description Its name. */
            name: string;
            /**
             * Format: date-time
             * @description When it was found to be gone; null while it lives.
             */
            removed_at?: string | null;
        };
        /** @description A trigger of a table or view. */
        Trigger: {
            /**
             * Format: int64
             * @description Its turn among the triggers of the same timing and event, from 1 (`MySQL`).
             */
            action_order?: number | null;
            /** @description The columns of UPDATE OF. */
            columns?: string[];
            /** @description Its comment (`PostgreSQL`). */
            comment?: string | null;
            /** @description The condition of WHEN, as the server prints it. */
            condition?: string | null;
            /** @description The account with whose rights it runs (`MySQL`). */
            definer?: string | null;
            /** @description ORIGIN, ALWAYS, REPLICA or DISABLED: in which sessions it fires (`PostgreSQL`). */
            enabled?: string | null;
            /** @description What fires it: INSERT, UPDATE, DELETE, TRUNCATE. */
            events: string[];
            /** @description Whether it is a constraint trigger (`PostgreSQL`). */
            is_constraint?: boolean;
            /** @description ROW or STATEMENT: how often it fires. */
            level: string;
            /** @description Its name. */
            name: string;
            /**
             * @description What it runs: the statement (`MySQL`), the call of a function (`PostgreSQL`). Null where the login may not
             *     see it.
             */
            statement?: string | null;
            /** @description BEFORE, AFTER or INSTEAD OF. */
            timing: string;
        };
        /**
         * @description Why a preview ends before its table.
         * @enum {string}
         */
        Truncation: "rows" | "bytes";
        /**
         * @description Body of `PATCH /datasources/{id}`: what is absent stays as it is.
         * @example {
         *       "host": "db.example.org",
         *       "port": 5432
         *     }
         */
        UpdateDatasource: {
            /** @description The database to connect to first. */
            database?: string | null;
            /** @description Host name or address. */
            host?: string | null;
            /** @description A new name, unique in the tenant. */
            name?: string | null;
            options?: components["schemas"]["Options"] | null;
            password?: components["schemas"]["Password"] | null;
            /**
             * @description Where its password is kept from now on: `env:NAME` or `file:PATH`. The one that was stored
             *     is forgotten.
             */
            password_from?: string | null;
            /**
             * @description Whether it is left alone: while it is paused no new scan of it starts, neither by schedule nor
             *     on request. What is under way ends.
             */
            paused?: boolean | null;
            /**
             * Format: int32
             * @description TCP port.
             */
            port?: number | null;
            tls?: components["schemas"]["Tls"] | null;
            /** @description The login. */
            username?: string | null;
        };
        /**
         * @description Body of `PATCH /jobs/{id}`: report how far a run has come. What is left out stays; `{}` says that it is
         *     still alive.
         * @example {
         *       "records_processed": 200,
         *       "records_total": 1000
         *     }
         */
        UpdateJob: {
            /**
             * Format: date-time
             * @description When it ended, for a `status` that is an end; now if absent, and for a time that has not come yet.
             */
            completed_at?: string | null;
            /** @description Why it failed, at most 65536 bytes. */
            error_details?: string | null;
            /** @description What it does just now, in words, at most 1000 characters. */
            message?: string | null;
            /**
             * Format: int64
             * @description How many could not be processed.
             */
            records_failed?: number | null;
            /**
             * Format: int64
             * @description How many are done.
             */
            records_processed?: number | null;
            /**
             * Format: int64
             * @description How many records there are to process.
             */
            records_total?: number | null;
            /** @description What came out of it. */
            result?: {
                [key: string]: unknown;
            } | null;
            status?: components["schemas"]["JobStatus"] | null;
        };
        /**
         * @description Body of `PATCH /pipelines/{id}`: what is absent stays as it is. Each part is replaced as a whole, and null takes
         *     `threshold` and `schedule` away.
         * @example {
         *       "threshold": 1000
         *     }
         */
        UpdatePipeline: {
            /**
             * Format: int64
             * @description Another table that is made from it.
             */
            biz_table_id?: number | null;
            delta?: components["schemas"]["DeltaRequest"] | null;
            etl?: components["schemas"]["EtlRequest"] | null;
            fill?: components["schemas"]["FillRequest"] | null;
            /** @description A new name, unique in the tenant. */
            name?: string | null;
            schedule?: components["schemas"]["ScheduleRequest"] | null;
            /**
             * Format: int64
             * @description Another table that is filled.
             */
            sync_table_id?: number | null;
            target?: components["schemas"]["Target"] | null;
            /**
             * Format: int64
             * @description So many rows that wait start the ETL by themselves; null for none.
             */
            threshold?: number | null;
        };
        /**
         * @description Body of `PATCH /schedules/{id}`: what is absent stays as it is.
         * @example {
         *       "cron": "0 *\/6 * * *"
         *     }
         */
        UpdateSchedule: {
            /** @description When: a cron expression of five fields, or a word such as @daily. At most 100 bytes. */
            cron?: string | null;
            /** @description The databases that level 2 reads, 1 to 1000; replace what was set. */
            databases?: string[] | null;
            /**
             * Format: int32
             * @description A run comes so many seconds after its tick at most.
             */
            jitter_seconds?: number | null;
            /** @description Whether it rests. What passes by meanwhile is not made up for. */
            paused?: boolean | null;
            /** @description The zone whose clock `cron` means, by its IANA name. */
            time_zone?: string | null;
        };
        /** @description The columns that grow with each row. */
        WatermarkDelta: {
            /** @description Of the business table. */
            biz_column: string;
            /** @description Of the sync table. */
            sync_column: string;
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
