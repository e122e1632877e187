//! How figures moved: the totals of a kind over time, where reports of different days differ.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::briefing::{Chart, ChartPoint};
use crate::fact::{Kind, Scope};

use super::Composer;
use super::casualties::{Given, KINDS, counted, name, thousandths, tone};
use super::words::when;
use crate::words::DateForm;

/// Kinds that are drawn, the weightiest first.
const MOST_CHARTS: usize = 2;
/// Figures in a chart: the newest.
const MOST_POINTS: usize = 8;

impl<'a> Composer<'a> {
    /// Charts of the kinds whose totals moved from day to day.
    pub fn charts(&self) -> Vec<Chart> {
        let weight = |kind: &Kind| (*kind != Kind::Killed, *kind == Kind::Aboard);
        let mut kinds = KINDS;
        kinds.sort_by_key(weight);
        kinds.into_iter().filter_map(|kind| self.chart(kind)).take(MOST_CHARTS).collect()
    }

    fn chart(&self, kind: Kind) -> Option<Chart> {
        let figures = self.figures();
        let totals = figures.into_iter().filter(|(_, figure)| {
            figure.kind == kind && figure.scope == Scope::Total && figure.count.is_some()
        });
        let mut points: Vec<(NaiveDate, Given)> =
            totals.filter_map(|given| Some((self.held_on(&given)?, given))).collect();
        // Of each day the figure that most reports give.
        points.sort_by_key(|(date, (fact, figure))| {
            (*date, Reverse((fact.documents().count(), figure.count)))
        });
        points.dedup_by_key(|(date, _)| *date);
        let moved = points.windows(2).any(|pair| pair[0].1.1.count != pair[1].1.1.count);
        if !moved {
            return None;
        }
        let newest = points.split_off(points.len().saturating_sub(MOST_POINTS));
        let name = self.words.capital(&name(kind, self.words));
        let spoken = newest.iter().map(|(date, given)| self.spoken_point(*date, given));
        let points = spoken.collect::<Vec<_>>().join("; ");
        let alt = [("kind", &*name), ("points", &*points)];
        Some(Chart {
            title: self.words.say("casualties.over_time", &[("kind", &name)]),
            alt: self.words.say("casualties.chart", &alt),
            tone: tone(kind),
            points: self.points(&newest),
        })
    }

    /// "25 Dec: 38, given by Baltic News".
    fn spoken_point(&self, date: NaiveDate, (_, figure): &Given<'a>) -> String {
        let day = self.words.date(date, DateForm::Day);
        let (count, giver) = (counted(figure, self.words), self.giver(figure));
        let with = [("day", &*day), ("count", &count), ("giver", &giver)];
        self.words.say("casualties.chart_point", &with)
    }

    fn points(&self, given: &[(NaiveDate, Given<'a>)]) -> Vec<ChartPoint> {
        let count = |given: &Given| given.1.count.unwrap_or_default();
        let most = given.iter().map(|(_, given)| count(given)).max().unwrap_or_default().max(1);
        let points = given.iter().map(|(date, given)| ChartPoint {
            when: when(Some(*date), None),
            count: count(given),
            share: thousandths(count(given), most),
            label: counted(given.1, self.words),
            given_by: self.giver(given.1),
        });
        points.collect()
    }

    /// The day at which a figure held; else that of the first report with it.
    fn held_on(&self, (fact, figure): &Given<'a>) -> Option<NaiveDate> {
        let published = fact
            .evidence
            .iter()
            .filter_map(|piece| self.dossier.document(&piece.document)?.published);
        figure.as_of.or_else(|| published.min())
    }
}
