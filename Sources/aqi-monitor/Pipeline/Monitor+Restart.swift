import AQICore
import Ingest
import Response
import Store
import Warnings

/// Restart.
extension Monitor {
    /// Takes up the hours that an earlier run stored, in order of time, where the warnings and their people stood, the samples of
    /// the hour under way and of those that may still change, and what stations made themselves and waits. `isJudged` says whether
    /// a run decided the newest of the hours, `air` is what it took them for; where none did, the first step does.
    mutating func restore(
        _ history: [HourlyRecord], warnings: WarningEngine.State?, office state: WarningOffice.State? = nil,
        response: ResponseDesk.State? = nil, samples: [MinuteSamples] = [], means: [StationMean] = [],
        isJudged: Bool = true, air: UInt32? = nil
    ) {
        office.restore(warnings, state)
        self.response.restore(response)
        let byHour = Dictionary(grouping: history, by: \.hour)
        for hour in byHour.keys.sorted() {
            let records = byHour[hour] ?? []
            for record in records {
                guard let place = stations.firstIndex(where: { $0.key == record.station }) else { continue }
                var ignored: [Effect] = []
                stations[place].take(record.row, marked: record.marks, at: hour, &ignored)
            }
            office.observe(HourRow(meanOf: records.map(\.row)), at: hour)
        }
        if let last = byHour.keys.max() { begin(last + 1) }
        if isJudged {
            judged = engine.now
            isAirChanged = air.map { $0 != engine.recentAir } ?? false
        }
        takeUp(samples, of: byHour)
        takeUp(means)
    }

    /// What was closed since it came was judged then.
    private mutating func takeUp(_ means: [StationMean]) {
        take(means.filter { mean in stations[Int(mean.station)].hours.last.map { mean.lastHour > $0 } ?? true })
    }

    /// Goes on with the hour under way as if nothing had been, and takes late readings again for the closed ones of which every
    /// sample is kept: those whose samples make what is stored.
    private mutating func takeUp(_ minutes: [MinuteSamples], of history: [Hour: [HourlyRecord]]) {
        guard let oldest = minutes.first, let newest = minutes.last else { return }
        // No hour was closed yet: the first one may be over and wait for what is still on the wire.
        if hour == nil { begin(max(Hour(containing: oldest.beginning), Hour(containing: newest.beginning) - 1)) }
        guard let hour, firstSampled == hour else { return }
        for minute in minutes {
            guard let station = stations.firstIndex(where: { $0.key == minute.station }) else { continue }
            minute.forEachReading(station: Int32(station)) { stations[station].takeUp($0, underWay: hour) }
        }
        var first = hour
        while hour - first < Int32(Monitor.lateHours), isWhole(first - 1, history[first - 1] ?? []) {
            first = first - 1
        }
        firstSampled = first
    }

    /// Whether the samples of a closed hour make the hour that is stored, at every station; its marks are taken up then.
    private mutating func isWhole(_ closed: Hour, _ records: [HourlyRecord]) -> Bool {
        guard let hour else { return false }
        let place = Monitor.lateHours + Int(closed - hour)
        for station in stations.indices {
            guard let record = records.first(where: { $0.station == stations[station].key }),
                record.row == stations[station].samples[place].row
            else { return false }
            stations[station].samples[place].marks = record.marks
        }
        return true
    }
}
