import AQICore
import Store
import TestSupport
import Testing

/// Everything that a store holds, to compare one state of it with another.
private struct Contents: Equatable {
    var hours: [HourlyRecord]
    var indices: [[IndexRecord]]
    var warnings: [String]
    var state: String?

    init(_ queries: StoreQueries) throws {
        hours = try queries.hours()
        indices = try [.realtime, .running24, .daily].map { try queries.indices($0) }
        warnings = try queries.warnings().map { "\($0.hour.start) \($0.body)" }
        state = try queries.state("engine")
    }
}

private func fullBatch(_ value: Int32) -> StoreBatch {
    var full = batch("A", [(0, row(value)), (1, row(value + 1))])
    full.hours.append(HourlyRecord(station: "B", hour: first, row: HourRow(missing: .communication)))
    let report = IndexReport(
        kind: .running24, edition: .hj633Of2026,
        results: InlineArray(repeating: .value(concentration: value, subIndex: value % 500)), index: value % 500)
    full.indices = [IndexRecord(station: "A", period: first, report: report)]
    full.events = [.init(hour: first, event: "issued", level: "red", number: 1, body: "{\"n\":\(value)}")]
    full.state = ["engine": "{\"value\":\(value)}"]
    return full
}

@Suite("Store: writing") struct WriteTests {
    @Test func `warnings come back in order of time, each as its line`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        var batch = StoreBatch()
        for (offset, event) in [(5, "upgraded"), (0, "issued"), (5, "issued"), (9, "lifted")] as [(Int32, String)] {
            batch.events.append(
                .init(
                    hour: first + offset, event: event, level: "orange", number: 1,
                    body: "{\"event\":\"\(event)\",\"text\":\"红色预警 \\\"I\\\"\"}"))
        }
        try store.write(batch)
        let events = try store.read { try $0.warnings() }
        #expect(events.map { $0.hour - first } == [0, 5, 5, 9])
        #expect(Set(events.map(\.body)) == Set(batch.events.map(\.body)))
        #expect(events[0].body == batch.events[1].body)
    }

    @Test func `what a stage remembers is the last that it wrote, by name`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        #expect(try store.read { try $0.state("engine") } == nil)
        for text in ["{}", "{\"a\":\"'\\n预警\"}", ""] {
            var batch = StoreBatch()
            batch.state = ["engine": text, "other": "x"]
            try store.write(batch)
            #expect(try store.read { try $0.state("engine") } == text)
        }
        #expect(try store.read { try $0.state("other") } == "x")
        #expect(try store.read { try $0.state("Engine") } == nil)
    }

    @Test func `writing a batch again changes nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(fullBatch(7000))
        let once = try store.read(Contents.init)
        #expect(once.hours.count == 3)
        #expect(once.indices.map(\.count) == [0, 1, 0])
        #expect(once.warnings.count == 1)
        for _ in 0..<3 { try store.write(fullBatch(7000)) }
        #expect(try store.read(Contents.init) == once)
    }

    @Test func `what stands there already is replaced`() throws {
        let folder = try TemporaryFolder()
        let one = try MonitorStore(path: folder.file("one.db"))
        let two = try MonitorStore(path: folder.file("two.db"))
        try one.write(fullBatch(7000))
        try one.write(fullBatch(9000))
        try two.write(fullBatch(9000))
        #expect(try one.read(Contents.init) == two.read(Contents.init))
        // A value that is taken back is missing, not the old one.
        var removed = HourRow()
        for pollutant in Pollutant.allSix { removed[pollutant] = .missing(.removed) }
        try one.write(batch("A", [(0, removed)]))
        #expect(try one.read { try $0.hours() }.first?.row == removed)
    }

    @Test func `an empty batch writes nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(StoreBatch())
        #expect(try store.read(Contents.init).hours.isEmpty)
        #expect(try store.read { try $0.stations() }.isEmpty)
    }

    @Test(arguments: ["hourly", "air_index", "warning_event", "state", "outbox", "station"])
    func `a batch is written whole or not at all`(table: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        try store.write(fullBatch(1000))
        let before = try store.read(Contents.init)
        // The disk "fails" in the middle of the next batch: SQLite itself refuses the last write to one of the tables.
        try sqlite3(
            path,
            """
            CREATE TRIGGER fail BEFORE INSERT ON \(table) WHEN
                (SELECT count(*) FROM \(table)) >= (SELECT CASE '\(table)' WHEN 'station' THEN 3 ELSE 1 END)
            BEGIN SELECT RAISE(ABORT, 'no space'); END
            """)
        var next = fullBatch(2000)
        next.hours.append(HourlyRecord(station: "C", hour: first, row: row(1)))
        next.hours.append(HourlyRecord(station: "D", hour: first, row: row(1)))
        #expect(storeError { try store.write(next) } == .failed("no space"))
        #expect(try store.read(Contents.init) == before)
        #expect(try store.read { try $0.stations() } == ["A", "B"])
    }

    @Test func `after a batch that failed the store goes on`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        // A fault that passes: the second of two hours is refused as long as a row says so.
        try sqlite3(
            path,
            """
            CREATE TABLE fault (x); INSERT INTO fault VALUES (1);
            CREATE TRIGGER fail BEFORE INSERT ON outbox WHEN (SELECT count(*) FROM fault) > 0
            BEGIN SELECT RAISE(ABORT, 'no space'); END
            """)
        #expect(storeError { try store.write(fullBatch(1000)) } == .failed("no space"))
        #expect(try store.read(Contents.init).hours.isEmpty)
        try sqlite3(path, "DELETE FROM fault")
        try store.write(fullBatch(1000))
        #expect(try store.read(Contents.init).hours.count == 3)
    }

    @Test func `a store that is opened again continues`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        for round in 0..<5 {
            let store = try reopened(path)
            #expect(try store.read { try $0.lastHour(of: ["A"]) } == (round == 0 ? nil : first + Int32(round - 1)))
            try store.write(batch("A", [(Int32(round), row(Int32(round)))]))
        }
        let hours = try StoreReader(path: path).read { try $0.hours() }
        #expect(hours == batch("A", (0..<5).map { (Int32($0), row(Int32($0))) }).hours)
    }

    @Test func `a value becomes available to others in the order in which it became final`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        try store.write(batch("A", [(5, row(1)), (6, row(1))]))
        var event = StoreBatch()
        event.events = [.init(hour: first + 6, event: "issued", level: "red", number: 1, body: "{}")]
        try store.write(event)
        try store.write(batch("A", [(7, row(1))]))
        let start = (first + 5).beginning.seconds
        #expect(
            try sqlite3(path, "SELECT subject, start - \(start) FROM outbox ORDER BY sequence") == [
                "hourly|0", "hourly|3600", "warning|3600", "hourly|7200",
            ])
    }
}
