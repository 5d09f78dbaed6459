/// A value of an instrument that is a channel of a station.
package struct SerialChannel: Equatable, Sendable {
    package var item: SerialItem
    package var rule: ValueRule

    package init(item: SerialItem, rule: ValueRule) {
        self.item = item
        self.rule = rule
    }
}

/// A number that says how an instrument is doing.
package struct SerialStatus: Equatable, Sendable {
    package var item: SerialItem
    package var rule: StatusRule

    package init(item: SerialItem, rule: StatusRule) {
        self.item = item
        self.rule = rule
    }
}

/// An instrument on a serial line.
package struct SerialDevice: Equatable, Sendable {
    package var name: String
    /// Its number on a line that several share; nil where it is alone.
    package var address: Int?
    package var channels: [SerialChannel]
    /// What says how it is doing; where several speak, the worst counts.
    package var statuses: [SerialStatus]
    /// Whether it must send checksums; where the protocol leaves that open.
    package var isChecked = false
    /// Of ``SerialProtocol/line``: what makes it answer, empty where it sends by itself, and the expression that its answer
    /// matches.
    package var request = ""
    package var answer = ""
    package var calibration = CalibrationPlan()
    /// Of ``SerialProtocol/cLink``: whether its records fill the gaps of an outage.
    package var fillsGaps = true

    package init(name: String, address: Int? = nil, channels: [SerialChannel], statuses: [SerialStatus] = []) {
        self.name = name
        self.address = address
        self.channels = channels
        self.statuses = statuses
    }

    /// What has to be known, each item once.
    var items: [SerialItem] {
        var items: [SerialItem] = []
        for item in channels.map(\.item) + statuses.map(\.item) where !items.contains(item) { items.append(item) }
        return items
    }
}

/// How a line is driven beside where it begins.
package struct SerialOptions: Equatable, Sendable {
    /// How long an instrument may take to answer.
    package var responseTimeoutMs = 1000
    /// The pause before each request.
    package var gapMs = 0
    /// How long a line must be silent after a request that was not answered; nil is as long as an answer may take.
    package var settleMs: Int?

    package init() {}
}

/// Where a serial line begins.
package enum SerialLine: Equatable, Sendable {
    /// `parity` is N, E or O.
    case port(
        path: String, baud: Int, parity: String, dataBits: Int, stopBits: Int,
        direction: ModbusOptions.DirectionControl)
    /// A serial server that hands bytes on as they are.
    case tcp(host: String, port: Int)

    /// As it is shown to people.
    package var text: String {
        switch self {
        case .port(let path, let baud, let parity, let dataBits, let stopBits, _):
            "\(path) \(baud) \(dataBits)\(parity)\(stopBits)"
        case .tcp(let host, let port): "\(host):\(port)"
        }
    }
}
