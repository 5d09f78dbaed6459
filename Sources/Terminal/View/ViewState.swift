package import AQICore
package import Warnings

/// What the user looks at, and how. A pure value: keys change it, see ``take(_:on:rows:columns:)``.
package struct ViewState: Equatable, Sendable {
    /// A question at the bottom of the screen, and what a yes does.
    package enum Prompt: Equatable, Sendable {
        case acknowledge(Int)
        case shelve(Int)
        case unshelve(Int)
        case sign(Int)
    }

    /// What somebody else has to do, because a view can only look.
    package enum Request: Equatable, Sendable {
        case leave
        case acknowledge(Int)
        /// For so many seconds.
        case shelve(Int, seconds: Int64)
        case unshelve(Int)
        case sign(Int)
    }

    /// The screen that was chosen; nil until one is: then that of the station, or with several that of the city.
    package var chosen: ScreenName?
    /// The station's place in the snapshot.
    package var station = 0
    /// The channel of the trend.
    package var channel = Parameter.pm25
    package var range = TrendRange.day
    /// The hour at which a trend is read; nil for none.
    package var cursor: Hour?
    package var order = StationOrder.configured
    /// Only stations in whose name or key this is.
    package var filter = ""
    package var isTypingFilter = false
    /// The alarm that is selected, by its number: the list changes under the cursor.
    package var alarm: Int?
    /// Lines that are scrolled by, on the screens of the warning, of devices, of senders and of the log.
    package var scroll = 0
    /// Whether the warning's screen has nothing but the measures.
    package var showsMeasures = false
    /// The log as it was when somebody began to scroll back in it.
    package var heldLog: [Snapshot.LogLine]?
    package var showsHelp = false
    package var prompt: Prompt?
    /// What came of the last step, until the next key.
    package var notice: String?
    /// Who acts; nil for somebody who only looks.
    package var operatorName: String?
    /// Whether the screen is the monitor's own, which ends with it.
    package var isOfMonitor = false

    package init(chosen: ScreenName? = nil, operatorName: String? = nil) {
        self.chosen = chosen
        self.operatorName = operatorName
    }

    package func screen(of snapshot: Snapshot) -> ScreenName {
        chosen ?? (snapshot.stations.count > 1 ? .city : .station)
    }

    /// The station that is looked at; nil where there is none.
    package func station(of snapshot: Snapshot) -> Snapshot.Station? {
        snapshot.stations.isEmpty ? nil : snapshot.stations[place(in: snapshot)]
    }

    /// Its place; 0 where there is none.
    package func place(in snapshot: Snapshot) -> Int {
        min(max(station, 0), max(snapshot.stations.count - 1, 0))
    }

    /// The places of the stations that are listed, in their order.
    package func listed(_ snapshot: Snapshot) -> [Int] {
        let wanted = filter.lowercased()
        let stations = snapshot.stations
        let places = stations.indices.filter {
            wanted.isEmpty || stations[$0].name.lowercased().contains(wanted)
                || stations[$0].key.lowercased().contains(wanted)
        }
        func sorted<Value: Comparable>(by value: (Snapshot.Station) -> Value) -> [Int] {
            let keyed = places.map { (value(stations[$0]), $0) }
            return keyed.sorted { $0.0 == $1.0 ? $0.1 < $1.1 : $0.0 < $1.0 }.map(\.1)
        }
        return switch order {
        case .configured: places
        case .index: sorted { -Int64($0.realtime?.index ?? -1) }
        case .name: sorted { $0.name }
        case .age: sorted { -($0.age(at: snapshot.time) ?? .max) }
        }
    }

    /// The alarms in the order of the list: those that call first, shelved ones last; the newest first.
    package func listedAlarms(_ snapshot: Snapshot) -> [Alarm] {
        func rank(_ alarm: Alarm) -> Int {
            switch alarm.state {
            case .unacknowledged: 0
            case .returned: 1
            case .acknowledged: 2
            case .shelved: 3
            }
        }
        return snapshot.alarms.sorted {
            (rank($0), -$0.since.seconds, -$0.number) < (rank($1), -$1.since.seconds, -$1.number)
        }
    }

    /// The selected alarm; the first where none is, or it has gone; nil where there are none.
    package func selectedAlarm(_ snapshot: Snapshot) -> Alarm? {
        let alarms = listedAlarms(snapshot)
        return alarms.first { $0.number == alarm } ?? alarms.first
    }
}
