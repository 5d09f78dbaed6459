import AQICore
import Foundation
import Glibc
import Store
import TestSupport
import Testing

/// Starts in January 2017; hours are counted from there.
let first = Hour(start: 412_000)

/// A row with the same value, in thousandths, for every pollutant.
func row(_ thousandths: Int32) -> HourRow {
    var row = HourRow()
    for pollutant in Pollutant.allSix { row[pollutant] = Concentration(thousandths: thousandths) }
    return row
}

/// A batch of hours of one station.
func batch(_ station: String, _ hours: [(Int32, HourRow)]) -> StoreBatch {
    var batch = StoreBatch()
    batch.hours = hours.map { HourlyRecord(station: station, hour: first + $0.0, row: $0.1) }
    return batch
}

extension StoreQueries {
    /// Every stored hour in the order in which it is handed out.
    func hours(stations: [String]? = nil, from: Hour? = nil, through: Hour? = nil) throws -> [HourlyRecord] {
        var records: [HourlyRecord] = []
        try forEachHour(stations: stations, from: from, through: through) { records.append($0) }
        return records
    }

    /// Every stored report of a kind.
    func indices(_ kind: ReportKind, from: Hour? = nil, through: Hour? = nil) throws -> [IndexRecord] {
        var records: [IndexRecord] = []
        try forEachIndex(kind, from: from, through: through) { records.append($0) }
        return records
    }

    /// Every stored warning event.
    func warnings() throws -> [(hour: Hour, body: String)] {
        var events: [(Hour, String)] = []
        try forEachWarning { events.append(($0, $1)) }
        return events
    }
}

/// The error of a store that `body` throws; a failure where it throws none, or another.
func storeError<Value>(
    _ location: SourceLocation = #_sourceLocation, by body: () throws -> Value
) -> StoreError.Kind? {
    do {
        let value = try body()
        Issue.record("nothing was thrown; the result is \(value)", sourceLocation: location)
    } catch let error as StoreError {
        return error.kind
    } catch {
        Issue.record("another error: \(error)", sourceLocation: location)
    }
    return nil
}

/// Opens a store that this process had open before.
///
/// A child that another test is just starting holds a copy of the old lock until it runs its own program: a moment's wait.
func reopened(_ path: String) throws -> MonitorStore {
    for _ in 0..<500 {
        if let store = try? MonitorStore(path: path) { return store }
        usleep(10_000)
    }
    return try MonitorStore(path: path)
}

/// A small generator of random numbers: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
struct Random: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
