import AQICore
import Store
import TestSupport
import Testing

@Suite("Store: calibrations") struct CalibrationRowTests {
    private func row(_ station: String, ended: Int64, _ random: inout SeededRandom) -> CalibrationRow {
        let flags: [DataFlag] = [.zeroCheck, .zeroCalibration, .spanCheck, .precisionCheck, .calibration, .maintenance]
        let count = random.integer(0...30)
        return CalibrationRow(
            station: station, device: "d '\(random.integer(0...9))'; DROP TABLE calibration",
            person: random.chance(50) ? "李, \"a\"" : nil, reason: random.chance(50) ? "换滤膜" : nil,
            result: CalibrationResult(
                (0..<count).map { _ in Int32(random.integer(-9000...2_000_000_000)) },
                channel: Channel(station: 0, parameter: Parameter(rawValue: UInt8(random.integer(0...12))) ?? .o3),
                flag: flags[random.integer(0...5)],
                source: CalibrationSource(rawValue: UInt8(random.integer(0...2))) ?? .status,
                begun: Instant(seconds: ended - Int64(random.integer(0...9000))), ended: Instant(seconds: ended),
                reference: random.chance(50) ? Int32(random.integer(0...1_000_000)) : nil,
                limit: random.chance(50) ? Int32(random.integer(0...10_000)) : nil))
    }

    private func rows(
        _ reader: MonitorStore, from: Instant? = nil, through: Instant? = nil
    ) throws -> [CalibrationRow] {
        try reader.read { queries in
            var rows: [CalibrationRow] = []
            try queries.forEachCalibration(from: from, through: through) { rows.append($0) }
            return rows
        }
    }

    @Test func `what is written comes back, in order of time, also two that ended together`() throws {
        var random = SeededRandom(seed: 11)
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("T.db"))
        var written: [CalibrationRow] = []
        for place in 0..<200 { written.append(row("A", ended: 1_700_000_000 + Int64(place / 2) * 60, &random)) }
        var batch = StoreBatch()
        batch.calibrations = Array(written.reversed())
        try store.write(batch)
        let read = try rows(store)
        #expect(read.count == 200 && read.map(\.result.ended) == written.map(\.result.ended))
        for row in written { #expect(read.contains(row)) }
        // After the first, up to the second time.
        let part = try rows(store, from: Instant(seconds: 1_700_000_000), through: Instant(seconds: 1_700_000_060))
        #expect(part.count == 2 && part.allSatisfy { $0.result.ended.seconds == 1_700_000_060 })
        try store.close()
    }

    @Test func `a store of the first version gets the table and keeps its hours`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("T.db")
        do {
            let old = try MonitorStore(path: path)
            try old.write(batch("A", [(0, StoreTests.row(5000))]))
            try old.close()
        }
        try sqlite3(
            path, "DROP TABLE calibration; DELETE FROM grdb_migrations WHERE identifier = '2: calibrations';")
        let store = try reopened(path)
        #expect(try rows(store).isEmpty)
        #expect(try store.read { try $0.hours() }.count == 1)
    }
}
