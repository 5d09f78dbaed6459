import AQICore
import Store
import TestSupport
import Testing

@Suite("Store: retention") struct RetentionTests {
    private let start = Instant(seconds: 1_800_000_000)

    private func samples(minutes: Range<Int64>) -> StoreBatch {
        var batch = StoreBatch()
        for minute in minutes {
            var samples = MinuteSamples(station: "A", minute: start.seconds / 60 + minute)
            for second in 0..<60 as Range<UInt8> {
                samples.add(Concentration(thousandths: Int32(minute) * 1000 + Int32(second)), of: 0, atSecond: second)
                samples.add(
                    second < 16 ? .missing(.calibration) : Concentration(thousandths: 5), of: 1, atSecond: second)
            }
            batch.samples.append(samples)
        }
        batch.time = start + 86_400 * 400
        return batch
    }

    @Test func `samples past their time become the means of their minutes, in bites`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        try store.write(samples(minutes: 0..<1000))
        var retention = Retention()
        retention[.samples] = .init(days: 1, megabytes: nil)
        let now = start + 86_400 + 700 * 60
        var bites: [Int] = []
        repeat { bites.append(try store.purge(retention, at: now)) } while bites.last != 0
        #expect(bites == [200, 200, 200, 100, 0])
        #expect(try sqlite3(path, "SELECT count(*), min(minute) - \(start.seconds / 60) FROM sample") == ["300|700"])
        #expect(try sqlite3(path, "SELECT count(*) FROM minute_mean") == ["700"])
        // Version 1; parameter 0, one sample in tens, at second 0, 3029.5 rounded to even; parameter 1, calibration (36).
        #expect(
            try sqlite3(path, "SELECT hex(packed) FROM minute_mean LIMIT 1 OFFSET 3") == [
                "0100400001DF0401C00001002401"
            ])
    }

    @Test func `a table that has grown too large loses its oldest rows, and the file shrinks`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        for first in stride(from: Int64(0), to: 20_000, by: 1000) {
            try store.write(samples(minutes: first..<first + 1000))
        }
        var retention = Retention()
        retention[.samples] = .init(days: nil, megabytes: 1)
        let pages = try Int(sqlite3(path, "PRAGMA page_count")[0]) ?? 0
        #expect(pages * 4096 > 1_200_000)
        while try store.purge(retention, at: start + 86_400) > 0 {}
        try store.close()
        let left = try Int(sqlite3(path, "PRAGMA page_count")[0]) ?? 0
        #expect(left > 0 && left < pages)
        #expect(try sqlite3(path, "SELECT max(minute) - \(start.seconds / 60) FROM sample") == ["19999"])
        #expect(try sqlite3(path, "PRAGMA integrity_check") == ["ok"])
    }

    @Test func `hours go by their time, days stay`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        var batch = batch("A", (0..<100).map { (Int32($0), row(1)) })
        for kind in [ReportKind.realtime, .daily] {
            for offset in [24, 48, 72] as [Int32] {
                batch.indices.append(
                    IndexRecord(
                        station: "A", period: first + offset,
                        report: IndexReport(
                            kind: kind, edition: .hj633Of2026, results: InlineArray(repeating: .notReported), index: nil
                        )))
            }
        }
        try store.write(batch)
        var retention = Retention()
        for table in Retention.Table.allCases { retention[table] = .init(days: 1) }
        while try store.purge(retention, at: (first + 24 + 60).beginning) > 0 {}
        #expect(try sqlite3(path, "SELECT count(*) FROM hourly") == ["40"])
        #expect(try sqlite3(path, "SELECT report, count(*) FROM air_index GROUP BY 1") == ["daily|3", "realtime|1"])
        #expect(try sqlite3(path, "SELECT count(*) FROM outbox") == ["40"])
    }
}
