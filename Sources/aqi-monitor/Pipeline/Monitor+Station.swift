import AQICore
import Ingest
import Store

extension Monitor {
    /// One station's channels and windows.
    struct Station {
        let key: String
        let options: ReportOptions
        var hours = StationHours()
        /// Hours and days that the station made itself and that are not closed here yet.
        var awaited: [StationMean] = []
        var stationMeans = StationMeansTally()
        var check: QualityCheck
        /// The marks of each pollutant's newest value.
        var marks = HourMarks()
        var latest = [Reading?](repeating: nil, count: Pollutant.count)
        /// When the newest value was measured that was one.
        var lastValid = [Instant?](repeating: nil, count: Pollutant.count)
        /// The newest value of what no index needs: nitrogen oxides, the weather.
        var others: [Parameter: Reading] = [:]
        var realtime: IndexReport?
        var running24: IndexReport?
        /// The samples of the hours that are open or still take late ones, `Monitor.lateHours` closed ones first, then the one
        /// under way, then the one after it: while an hour waits for what is still on the wire, the next one has begun.
        var samples: [HourSamples] = []
        /// Which of the closed ones got a sample in this step.
        var late: Set<Int> = []

        init(_ station: Configuration.Station, quality: QualityThresholds) {
            key = station.key
            options = ReportOptions(notMonitored: station.notMonitored)
            check = QualityCheck(thresholds: quality)
            forgetSamples()
        }

        /// The windows that end with the last closed hour.
        var windows: StationWindows { hours.windows }

        /// The mean of the hour under way, thousandths.
        func hourSoFar(_ pollutant: Pollutant) -> Int32? {
            samples[Monitor.lateHours].soFar(pollutant)
        }

        mutating func forgetSamples() {
            samples = [HourSamples](repeating: HourSamples(), count: Monitor.lateHours + 2)
            late = []
            latest = [Reading?](repeating: nil, count: Pollutant.count)
            lastValid = [Instant?](repeating: nil, count: Pollutant.count)
            others = [:]
        }
    }
}

extension Monitor.Station {
    /// Takes a sample of an earlier run in.
    mutating func takeUp(_ reading: Reading, underWay hour: Hour) {
        let own = Hour(containing: reading.time)
        let place = Monitor.lateHours + Int(own - hour)
        guard samples.indices.contains(place) else { return }
        _ = samples[place].add(reading, atSecond: reading.time - own.beginning)
        guard let pollutant = reading.channel.parameter.pollutant,
            latest[pollutant.index].map({ $0.time < reading.time }) ?? true
        else { return }
        latest[pollutant.index] = reading
        if !reading.value.isMissing { lastValid[pollutant.index] = reading.time }
    }

    /// Closes the hour whose samples stand at a place.
    mutating func closeHour(_ hour: Hour, at place: Int, _ effects: inout [Effect]) {
        samples[place].trim()
        let closing = samples[place]
        samples[place].marks = take(closing.row, nox: closing.nox, backfilled: closing.backfilled, at: hour, &effects)
    }

    /// Takes a full hour in, marks what looks wrong in it, and makes its reports. An hour from the store brings the marks that
    /// it got when it was measured, with NOx.
    @discardableResult
    mutating func take(
        _ row: HourRow, nox: Concentration = .missing(.absent), backfilled: PollutantSet = PollutantSet(),
        marked: HourMarks? = nil, at hour: Hour, _ effects: inout [Effect]
    ) -> HourMarks {
        var found: HourMarks
        do {
            try hours.advance(to: hour, row)
            found = try check.examine(row, nox: nox, at: hour)
        } catch {
            // The clock stood elsewhere when this hour was stored, or a later one: `Monitor` tells.
            return HourMarks()
        }
        found.markBackfilled(backfilled)
        let marks = marked ?? found
        effects.append(.hour(HourlyRecord(station: key, hour: hour, row: row, marks: marks)))
        tell(marks, of: row, at: hour, &effects)
        effects += reports(hour, windows).map(Effect.index)
        return marks
    }

    /// Puts a closed hour right by its samples. Returns whether a value changed.
    mutating func revise(_ hour: Hour, at place: Int, _ effects: inout [Effect]) -> Bool {
        let closed = samples[place]
        guard
            let revision = revise(
                hour, to: closed.row, nox: closed.nox, backfilled: closed.backfilled, marksBefore: closed.marks,
                &effects)
        else { return false }
        samples[place].marks = revision.marks
        return revision.isChanged
    }

    /// Puts a closed hour right and makes its reports, and those of the hours that follow from it, anew. Returns its marks and
    /// whether a value changed; nil where nothing did, and for an hour that is not kept any more.
    mutating func revise(
        _ hour: Hour, to row: HourRow, nox: Concentration, backfilled: PollutantSet, marksBefore before: HourMarks,
        _ effects: inout [Effect]
    ) -> (marks: HourMarks, isChanged: Bool)? {
        var windows: [(Hour, StationWindows)] = []
        guard let isChanged = try? hours.revise(hour, row, { windows.append(($0, $1)) }) else { return nil }
        var marks = examineAgain(hour, nox: nox)
        marks.markBackfilled(backfilled)
        // NOx that comes late changes no value, but may mark NO2.
        guard isChanged || marks != before else { return nil }
        effects.append(.hour(HourlyRecord(station: key, hour: hour, row: row, marks: marks)))
        tell(marks, since: before, of: row, at: hour, &effects)
        if hour == hours.last { keep(marks, of: row) }
        for (hour, windows) in windows { effects += reports(hour, windows).map(Effect.correctedIndex) }
        if isChanged { effects.append(.revised(station: key, hour)) }
        return (marks, isChanged)
    }

    /// The marks of a revised hour. Those of later hours stay: they were right by what was known.
    private mutating func examineAgain(_ revised: Hour, nox: Concentration) -> HourMarks {
        guard let last = hours.last else { return HourMarks() }
        var marks = HourMarks()
        var again = QualityCheck(thresholds: check.thresholds)
        var hour = revised - QualityCheck.memory
        while hour <= last {
            // The hours follow one another.
            if let found = try? again.examine(
                hours.row(at: hour), nox: hour == revised ? nox : .missing(.absent), at: hour), hour == revised
            {
                marks = found
            }
            hour = hour + 1
        }
        check = again
        return marks
    }

    /// The reports of an hour; the newest are kept for the screen.
    private mutating func reports(_ hour: Hour, _ windows: StationWindows) -> [IndexRecord] {
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        let realtime = windows.report(.realtime, edition: edition, options: options)
        let running24 = windows.report(.running24, edition: edition, options: options)
        var reports = [realtime, running24]
        if hour == hour.day.lastHour { reports.append(windows.report(.daily, edition: edition, options: options)) }
        if hour == hours.last {
            self.realtime = realtime
            self.running24 = running24
        }
        return reports.map { IndexRecord(station: key, period: hour, report: $0) }
    }

    /// Tells of marks that begin, once: not in every hour of a flat line, nor again after hours without a value.
    private mutating func tell(_ found: HourMarks, of row: HourRow, at hour: Hour, _ effects: inout [Effect]) {
        tell(found, since: marks, of: row, at: hour, &effects)
        keep(found, of: row)
    }

    /// Remembers the marks of the newest values.
    private mutating func keep(_ found: HourMarks, of row: HourRow) {
        for pollutant in Pollutant.allSix where !row[pollutant].isMissing { marks[pollutant] = found[pollutant] }
    }

    /// Tells of marks that were not there before.
    private func tell(
        _ found: HourMarks, since before: HourMarks, of row: HourRow, at hour: Hour, _ effects: inout [Effect]
    ) {
        for pollutant in Pollutant.allSix {
            guard let thousandths = row[pollutant].thousandths else { continue }
            let begun = found[pollutant].subtracting(before[pollutant]).suspicions
            guard !begun.isEmpty else { continue }
            effects.append(
                .suspect(
                    SuspectValue(
                        station: key, hour: hour, pollutant: pollutant, thousandths: thousandths, marks: begun)))
        }
    }
}
