import AQICore
import Ingest
import Terminal
import Texts
import Warnings

/// What screens show.
extension Pipeline {
    /// Everything that they show, made where one asks; nil where nothing happened since what it saw last.
    func snapshot(after seen: UInt64?) -> (snapshot: Snapshot, step: UInt64)? {
        let step = steps + journal.count
        guard seen != step else { return nil }
        var snapshot = Snapshot(time: latestStep, log: journal.newest)
        snapshot.simulation = simulation
        snapshot.storeTrouble = keeper?.trouble.map { words.storeTrouble(words.problem($0)) }
        snapshot.stations = zip(monitor.stations, names).map { Pipeline.snapshot($0, name: $1) }
        snapshot.logged = journal.count
        snapshot.alarms = alarms.board.alarms
        snapshot.desk = Snapshot.Desk(monitor.office, monitor.response, at: latestStep, in: words)
        let warnings = monitor.engine
        if let inForce = warnings.state.inForce {
            snapshot.inForce = .init(level: inForce.level, since: inForce.since, number: warnings.state.number)
        }
        if let wanted = warnings.latestWanted, warnings.state.inForce.map({ wanted > $0.level }) ?? true {
            snapshot.wanted = wanted
        }
        snapshot.devices = statistics.sorted { $0.key < $1.key }.flatMap { bus, devices in
            devices.map { Snapshot.Device($0, of: bus) }
        }
        snapshot.senders = senders.sorted { $0.key < $1.key }.flatMap(\.value)
        return (snapshot, step)
    }

    fileprivate static func snapshot(_ station: Monitor.Station, name: String) -> Snapshot.Station {
        let lines = Pollutant.allSix.map { pollutant in
            var line = Snapshot.Line(pollutant: pollutant)
            let latest = station.latest[pollutant.index]
            line.latest = latest?.value
            line.measured = station.lastValid[pollutant.index]
            line.hourSoFar = station.hourSoFar(pollutant)
            guard station.windows.last != nil else { return line }
            line.hour = station.windows.latest[pollutant]
            line.subIndex = station.realtime?.results[pollutant.index].subIndex
            line.marks = station.marks[pollutant]
            let mean = station.windows.mean24(pollutant)
            if mean.count >= 20 { line.day = mean.rounded(toStep: 1) }
            return line
        }
        var snapshot = Snapshot.Station(key: station.key, name: name, lines: lines)
        snapshot.others = station.others.sorted { $0.key.rawValue < $1.key.rawValue }.map { parameter, reading in
            .init(parameter: parameter, latest: reading.value, measured: reading.time)
        }
        snapshot.hour = station.windows.last
        let means = station.stationMeans
        snapshot.ownMeans = .init(compared: means.compared, differing: means.differing, used: means.used)
        snapshot.realtime = station.realtime.map { .init($0) }
        snapshot.running24 = station.running24.map { .init($0) }
        return snapshot
    }

    /// The hours of a station: those of the store, and the newest from memory, which has them even while the disk fails. Those of
    /// another channel are made of its samples, which only the store has.
    func history(of key: String, with other: Parameter?, through hour: Hour?) async -> History? {
        guard let station = monitor.stations.first(where: { $0.key == key }), let last = station.hours.last else {
            return nil
        }
        let first = last - (History.longest - 1)
        var rows = await historyReader?.rows(of: key, from: first, through: last) ?? []
        if rows.isEmpty { rows = [HourRow](repeating: HourRow(), count: Int(History.longest)) }
        for place in rows.indices {
            let own = station.hours.row(at: first + Int32(place))
            if !own.isEmpty { rows[place] = own }
        }
        // What was before the first hour is no history.
        let begins = rows.firstIndex { $0 != HourRow() } ?? rows.count - 1
        var history = History(station: key, first: first + Int32(begins), rows: Array(rows[begins...]))
        if let other, other.pollutant == nil {
            let values = await historyReader?.hours(of: other, at: key, from: history.first, through: last)
            history.others[other] = values ?? [Concentration](repeating: .missing(.absent), count: history.rows.count)
        }
        return history
    }
}

extension Snapshot.Device {
    /// The counters of a device, as screens show them.
    init(_ statistics: DeviceStatistics, of bus: String) {
        self.init(bus: bus, name: statistics.device)
        let counters = statistics.counters
        isAsked = statistics.isAsked
        isSilent = statistics.isSilent
        trouble = statistics.trouble?.description
        phase = Snapshot.Phase(statistics.calibration)
        answered = counters.answered
        timeouts = counters.timeouts
        checksums = counters.checksums
        malformed = counters.malformed
        exceptions = counters.exceptions
        late = counters.late
        resyncs = counters.resyncs
        losses = counters.losses
        median = counters.roundTrips.percentile(50)
        slowest = counters.roundTrips.percentile(99)
    }
}

extension Snapshot.Phase {
    /// nil while a device measures.
    init?(_ state: CalibrationState) {
        switch state {
        case .measuring: return nil
        case .phase(let flag, _, _, let until): self.init(flag: flag, until: until)
        case .recovering(let until): self.init(flag: .recovering, until: until)
        }
    }
}
