import AQICore
import Foundation
import Ingest
import Terminal
import Texts

/// What a peer may ask for on the status socket, one line of JSON each. Nothing of it changes anything.
struct StatusRequest: Codable, Equatable {
    var version = StatusMessage.version
    /// From now on only what has changed.
    var changes: Bool?
    /// With it, that the desk may be left out, too, where it has not.
    var desk: Bool?
    /// The hours of a station, by its key.
    var history: String?
    /// With them those of another channel than the pollutants, by its name.
    var channel: String?

    /// The longest line that is looked at.
    static let longest = 4096

    init(changes: Bool? = nil, desk: Bool? = nil, history: String? = nil, with other: Parameter? = nil) {
        self.changes = changes
        self.desk = desk
        self.history = history
        channel = other?.name
    }

    /// nil for what is no request, or one of another version: it is passed over.
    init?(line: String) {
        guard let request = try? JSONDecoder().decode(StatusRequest.self, from: Data(line.utf8)),
            request.version == StatusMessage.version
        else { return nil }
        self = request
    }

    var line: Data { get throws { try JSONEncoder().encode(self) + [UInt8(ascii: "\n")] } }
}

/// The hours of a station: the answer to a ``StatusRequest``.
struct HistoryMessage: Codable, Equatable {
    /// Begins each line of such a message, and of no other.
    static let prefix = #"{"history":"#

    var version = StatusMessage.version
    var history: Hours

    struct Hours: Codable, Equatable {
        var station: String
        /// The first hour, as its hour-ending label.
        var first: String
        /// By the name of the channel; one value an hour.
        var values: [String: [Value]]
    }

    /// A number, or the flag that says why there is none.
    enum Value: Codable, Equatable {
        case number(StatusMessage.Thousandths)
        case flag(String)

        init(_ value: Concentration) {
            self = StatusMessage.Thousandths(value.thousandths).map(Value.number) ?? .flag(value.reason.text)
        }

        var concentration: Concentration {
            switch self {
            case .number(let number): Concentration(thousandths: number.count)
            case .flag(let text): .missing(text.isEmpty ? .absent : DataFlag(text: text))
            }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .flag(text)
            } else {
                self = .number(try container.decode(StatusMessage.Thousandths.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .flag(let text): try container.encode(text)
            }
        }
    }

    init(_ history: History) {
        let values =
            Pollutant.allSix.map { pollutant in (pollutant.name, history.rows.map { Value($0[pollutant]) }) }
            + history.others.map { ($0.name, $1.map(Value.init)) }
        self.history = Hours(
            station: history.station, first: history.first.endingLabel.iso8601,
            values: Dictionary(uniqueKeysWithValues: values))
    }

    /// nil where it makes no sense.
    var snapshot: History? {
        guard let first = hour(history.first) else { return nil }
        let count = history.values.values.map(\.count).max() ?? 0
        guard count <= 2 * Int(History.longest) else { return nil }
        var rows = [HourRow](repeating: HourRow(), count: count)
        var others: [Parameter: [Concentration]] = [:]
        for (name, values) in history.values {
            guard let parameter = Parameter(name: name) else { continue }
            guard let pollutant = parameter.pollutant else {
                others[parameter] = values.map(\.concentration)
                continue
            }
            for (place, value) in values.enumerated() { rows[place][pollutant] = value.concentration }
        }
        return History(station: history.station, first: first, rows: rows, others: others)
    }

    var line: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self) + [UInt8(ascii: "\n")]
        }
    }
}
