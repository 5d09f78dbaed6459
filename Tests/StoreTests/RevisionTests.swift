import AQICore
import Store
import TestSupport
import Testing

@Suite("Store: what was stays") struct RevisionTests {
    @Test func `an hour that is replaced is kept as it was, with when and why; the same again is no revision`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        for (value, time, reason) in [
            (1000, 10, RevisionReason.lateReadings), (1000, 20, .lateReadings), (2500, 30, .lateReadings),
            (3000, 40, .imported),
        ] as [(Int32, Int64, RevisionReason)] {
            var batch = batch("A", [(0, row(value))])
            batch.indices = [
                IndexRecord(
                    station: "A", period: first,
                    report: IndexReport(
                        kind: .realtime, edition: .hj633Of2026,
                        results: InlineArray(repeating: .value(concentration: value, subIndex: 1)), index: value / 1000)
                )
            ]
            (batch.time, batch.reason) = (Instant(seconds: time), reason)
            try store.write(batch)
        }
        #expect(
            try sqlite3(
                path,
                "SELECT subject, replaced, reason, json_extract(body, '$.pm25') FROM revision ORDER BY sequence")
                == [
                    "hourly|30|late readings|1000", "air_index realtime|30|late readings|1000",
                    "hourly|40|import|2500", "air_index realtime|40|import|2500",
                ])
    }

    @Test(arguments: ["audit", "ledger", "revision"])
    func `what is written into a trail can neither be changed nor removed nor replaced`(table: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        var batch = batch("A", [(0, row(1))])
        batch.audits = [
            AuditEntry(
                time: Instant(seconds: 1), person: "王", subject: "hourly A", before: "1", after: "2", reason: "typo")
        ]
        batch.ledger = [
            LedgerEntry(
                time: Instant(seconds: 1), kind: "sign", person: "李", reason: "forecast", body: "{}")
        ]
        try store.write(batch)
        batch.hours[0].row = row(2)
        try store.write(batch)
        let before = try sqlite3(path, "SELECT * FROM \(table)")
        #expect(before.count >= 1)
        for attempt in [
            "UPDATE \(table) SET reason = 'x'", "DELETE FROM \(table)",
            "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)",
        ] {
            #expect(throws: ShellRefused.self) { try sqlite3(path, attempt) }
        }
        #expect(try sqlite3(path, "SELECT * FROM \(table)") == before)
    }
}
