import Foundation
import Ingest

/// Forecasts as JSON: an object a line, with the names that the columns of the CSV have.
enum ForecastJSON {
    private static let names = ["issued", "time", "date", "aqi", "pm25", "pm10", "so2", "no2", "co", "o3"]

    /// Reads a table of forecasts, JSON or CSV.
    ///
    /// - Throws: ``TableError``; its line counts the objects of JSON.
    static func read(_ bytes: [UInt8]) throws(TableError) -> ForecastTable {
        guard bytes.first(where: { $0 > 32 }) == UInt8(ascii: "{") else { return try ForecastTableReader.read(bytes) }
        let table = try table(bytes)
        do {
            return try ForecastTableReader.read(table)
        } catch {
            // The header of the table has no line in the JSON.
            throw TableError(error.kind, line: max(1, error.line - 1))
        }
    }

    /// The same as CSV.
    private static func table(_ bytes: [UInt8]) throws(TableError) -> [UInt8] {
        var header: [String] = []
        var lines: [String] = []
        for (place, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 > 32 }) else { continue }
            guard let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any] else {
                throw TableError(.badTime(String(decoding: line.prefix(60), as: UTF8.self)), line: place + 1)
            }
            if header.isEmpty { header = names.filter { object[$0] != nil } }
            lines.append(header.map { text(object[$0]) }.joined(separator: ","))
        }
        return Array(([header.joined(separator: ",")] + lines).joined(separator: "\n").utf8)
    }

    /// A value as a field; what could break out of one is quoted.
    private static func text(_ value: Any?) -> String {
        switch value {
        case nil, is NSNull: ""
        case let value?: "\"" + "\(value)".replacingOccurrences(of: "\"", with: "\"\"") + "\""
        }
    }
}
