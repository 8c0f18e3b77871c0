//! Schedules.

use http::Method;
use models::page::{MAX_LIMIT, Page};
use models::schedule::{CreateSchedule, Schedule, UpdateSchedule};

use crate::{Error, SchedulesQuery, Session};

impl Session {
    /// Reads a data source again and again from now on.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn create_schedule(&self, new: &CreateSchedule) -> Result<Schedule, Error> {
        self.send(Method::POST, &["schedules"], new).await
    }

    /// A page of the tenant's schedules, in the order in which they were made.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn list_schedules(&self, query: &SchedulesQuery) -> Result<Page<Schedule>, Error> {
        self.get(&["schedules"], query).await
    }

    /// All schedules of a data source: page by page to the end.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn list_all_schedules_of(&self, resource_id: i64) -> Result<Vec<Schedule>, Error> {
        let mut all = Vec::new();
        let mut query = SchedulesQuery {
            resource_id: Some(resource_id),
            limit: Some(MAX_LIMIT),
            cursor: None,
        };
        loop {
            let page = self.list_schedules(&query).await?;
            all.extend(page.items);
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// One schedule.
    ///
    /// # Errors
    /// A problem `schedule-not-found`, and those of every call; see [`Error`].
    pub async fn get_schedule(&self, id: i64) -> Result<Schedule, Error> {
        self.get(&["schedules", &id.to_string()], &()).await
    }

    /// Changes a schedule; what is absent stays.
    ///
    /// # Errors
    /// A problem `schedule-not-found`, and those of every call; see [`Error`].
    pub async fn update_schedule(
        &self,
        id: i64,
        change: &UpdateSchedule,
    ) -> Result<Schedule, Error> {
        self.send(Method::PATCH, &["schedules", &id.to_string()], change)
            .await
    }

    /// Deletes a schedule. The jobs that it started stay.
    ///
    /// # Errors
    /// A problem `schedule-not-found`, and those of every call; see [`Error`].
    pub async fn delete_schedule(&self, id: i64) -> Result<(), Error> {
        self.delete(&["schedules", &id.to_string()], &()).await
    }
}
