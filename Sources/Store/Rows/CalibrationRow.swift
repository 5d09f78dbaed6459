package import AQICore
import GRDB

/// What one channel of a device read in one phase of a calibration that is over.
package struct CalibrationRow: Equatable, Sendable {
    package var station: String
    package var device: String
    /// Who began the phase; nil for the schedule and the device itself.
    package var person: String?
    /// Why.
    package var reason: String?
    /// The numbers. The store knows stations by their keys: the number of the one in the channel is 0 when it is read back.
    package var result: CalibrationResult

    package init(station: String, device: String, person: String?, reason: String?, result: CalibrationResult) {
        self.station = station
        self.device = device
        self.person = person
        self.reason = reason
        self.result = result
    }
}

extension CalibrationRow {
    /// Times in UTC seconds, numbers in thousandths; `settled_*` are those of the last third, see `CalibrationResult`.
    static let table = """
        CREATE TABLE calibration (
            id INTEGER PRIMARY KEY,
            station INTEGER NOT NULL REFERENCES station (id),
            parameter TEXT NOT NULL,
            device TEXT NOT NULL,
            flag TEXT NOT NULL,
            source TEXT NOT NULL,
            person TEXT,
            reason TEXT,
            begun INTEGER NOT NULL,
            ended INTEGER NOT NULL,
            count INTEGER NOT NULL,
            settled_sum INTEGER NOT NULL,
            settled_count INTEGER NOT NULL,
            smallest INTEGER,
            largest INTEGER,
            reference INTEGER,
            allowed INTEGER
        ) STRICT;
        CREATE INDEX calibration_by_time ON calibration (station, ended);
        """

    static let columns = """
        parameter, device, flag, source, person, reason, begun, ended, count, settled_sum, settled_count, smallest, \
        largest, reference, allowed
        """

    static let insert = """
        INSERT INTO calibration (station, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    func arguments(station: Int64) -> StatementArguments {
        let values: [(any DatabaseValueConvertible)?] = [
            station, result.channel.parameter.name, device, result.flag.text, result.source.name, person, reason,
            result.begun.seconds, result.ended.seconds, result.count, result.settled.sum, result.settled.count,
            result.smallest.thousandths, result.largest.thousandths, result.reference, result.limit,
        ]
        return StatementArguments(values)
    }

    init(station: String, _ row: Row) throws {
        let (parameterName, sourceName): (String, String) = (row["parameter"], row["source"])
        guard let parameter = Parameter(name: parameterName), let source = CalibrationSource(name: sourceName) else {
            throw DatabaseError(message: "calibration: \"\(parameterName)\", \"\(sourceName)\"")
        }
        func concentration(_ column: String) -> Concentration {
            let value: Int32? = row[column]
            return value.map { Concentration(thousandths: $0) } ?? .missing(.absent)
        }
        self.init(
            station: station, device: row["device"], person: row["person"], reason: row["reason"],
            result: CalibrationResult(
                channel: Channel(station: 0, parameter: parameter), flag: DataFlag(text: row["flag"]), source: source,
                begun: Instant(seconds: row["begun"]), ended: Instant(seconds: row["ended"]), count: row["count"],
                settled: Mean(sum: row["settled_sum"], count: row["settled_count"]),
                smallest: concentration("smallest"), largest: concentration("largest"),
                reference: row["reference"], limit: row["allowed"]))
    }
}

extension StoreQueries {
    /// Hands out the calibrations that ended after `from` and at `through` or before, station by station, in order of time.
    package func forEachCalibration(
        stations: [String]? = nil, from: Instant? = nil, through: Instant? = nil,
        _ body: (CalibrationRow) throws -> Void
    ) throws {
        for station in try stations ?? self.stations() {
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(CalibrationRow.columns) FROM calibration
                    WHERE station = (SELECT id FROM station WHERE key = ?) AND ended > ? AND ended <= ?
                    ORDER BY ended, id
                    """,
                arguments: [station, from?.seconds ?? .min, through?.seconds ?? .max])
            while let row = try rows.next() { try body(try CalibrationRow(station: station, row)) }
        }
    }
}
