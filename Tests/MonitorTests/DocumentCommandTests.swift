import AQICore
import Foundation
import Response
import Store
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// Documents and messages from a store and from the files of a replay.
@Suite("warnings document, warnings publish") struct DocumentCommandTests {
    private let folder: TemporaryFolder
    private let store: String
    /// 2026-12-01T08:00+08:00, the label of the hour of the issue.
    private static let issue = Hour(endingAtLabel: Instant(seconds: 1_796_083_200))
    private static let sender = ["--sender", "13100041600000"]

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("air.db")
    }

    /// A store with a red warning, its lift 100 h later and, where asked for, the next issue so many minutes after it.
    private func write(person: String = "李四", nextAfter minutes: Int64? = nil) throws {
        let store = try MonitorStore(path: store)
        var batch = StoreBatch()
        var changes: [(WarningEvent.Kind, WarningLevel, Int32, Int64, Int)] = [
            (.issued, .red, 0, 5, 1), (.lifted, .red, 100, 3, 1),
        ]
        if let minutes { changes.append((.issued, .yellow, 100 + Int32(minutes / 60), 3 + minutes % 60, 2)) }
        for (kind, level, hours, minutes, number) in changes {
            let hour = Self.issue + hours
            let event = WarningEvent(
                hour: hour, kind: kind, level: level, basis: .forecast, number: number, isEmergency: false,
                spell: (hour + 24, hour + 90), primary: IndicatorSet(bits: 1), signedBy: level.signer, index24: 180,
                indexHour: 190, largestAhead: 320)
            batch.events.append(
                .init(
                    hour: hour, event: kind.rawValue, level: level.rawValue, number: number, body: event.json.line))
            batch.ledger.append(
                LedgerEntry(
                    time: hour.endingLabel + minutes * 60, kind: "issued", person: person, reason: "",
                    body: "{\"proposal\":\"1\",\"action\":\"\(kind) \(level)\"}"))
        }
        for age in -30..<100 as Range<Int32> {
            var row = HourRow()
            for pollutant in Pollutant.allSix { row[pollutant] = Concentration(thousandths: 500) }
            row[.pm25] = Concentration(thousandths: 260_000)
            batch.hours.append(HourlyRecord(station: "A", hour: Self.issue + age, row: row, marks: HourMarks()))
        }
        try store.write(batch)
        try store.close()
    }

    @Test func `what a demo keeps is published as an exercise, whoever asks for it`() throws {
        let demo = folder.file("demo.db")
        let run = ["demo", "--headless", "--speed", "max", "--seed", "7", "--hours", "100", "--store", demo]
        #expect(try Program.run(run).status == 0)
        // A folder that is not there is made.
        let out = folder.file("out")
        let published = try Program.run(
            ["warnings", "publish", "--store", demo, "--out", out, "--at", "2036-01-01T00:00"] + Self.sender
                + ["--field", "weather=calm", "--field", "responseUntil=until it is lifted"])
        #expect(published.status == 0 && published.errors.contains("simulated"), "\(published)")
        let messages = try FileManager.default.contentsOfDirectory(atPath: out).filter { $0.hasSuffix(".xml") }
        #expect(!messages.isEmpty)
        for message in messages {
            let text = try String(contentsOfFile: "\(out)/\(message)", encoding: .utf8)
            #expect(text.contains("<status>Exercise</status>"), "\(message)")
        }
    }

    /// As of 2 December, unless it is said otherwise.
    private func document(_ arguments: String...) throws -> Program.Result {
        let at = arguments.contains("--at") ? [] : ["--at", "2026-12-02T00:00"]
        return try Program.run(["warnings", "document"] + arguments + ["--store", store] + at)
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.file("out")).sorted()
    }

    private func publish(at time: String, _ others: [String] = ["--field", "weather=calm"]) throws -> Program.Result {
        try FileManager.default.createDirectory(atPath: folder.file("out"), withIntermediateDirectories: true)
        return try Program.run(
            ["warnings", "publish", "--out", folder.file("out"), "--at", time, "--store", store] + Self.sender + others)
    }

    @Test func `nothing with a blank is handed over: its fields are named, and fill it`() throws {
        try write()
        let refused = try publish(at: "2026-12-01T08:06", [])
        #expect(refused.status == 65 && refused.errors.contains("_0: not filled in: weather (Weather)\n"))
        #expect(refused.errors.contains("--field") && refused.errors.contains("--blanks"), "\(refused)")
        #expect(try files() == [])
        let chinese = try publish(at: "2026-12-01T08:06", ["--lang", "zh"])
        #expect(chinese.status == 65 && chinese.errors.contains("未填写 weather（气象条件）"), "\(chinese)")
        #expect(try publish(at: "2026-12-01T08:06", ["--field", "weather=calm, foggy"]).status == 0)
        for file in try files() {
            let text = try String(contentsOfFile: folder.file("out/\(file)"), encoding: .utf8)
            #expect(text.contains("calm, foggy") && !text.contains("____"), "\(file)")
        }
        // Who signed is not to be said otherwise.
        let forged = try document("bulletin", "--format", "text", "--field", "signedBy=somebody else")
        #expect(forged.output.contains("Signed by: commander 李四"))
        // What went out is not asked for again; the lift has a reason of the rules.
        #expect(try publish(at: "2026-12-05T13:04", []).status == 0)
        #expect(try files().count == 6)
    }

    @Test func `blanks that are meant are handed over, and a signature without a name is a blank as well`() throws {
        try write()
        #expect(try publish(at: "2026-12-01T08:06", ["--blanks"]).status == 0)
        let text = folder.file("out/13100041600000_20261201080500_0.en.txt")
        #expect(try String(contentsOfFile: text, encoding: .utf8).contains("Weather: ____"))
        let events = folder.file("events.jsonl")
        let order = """
            {"time":"2026-12-01T08:00:00+08:00","event":"issued","level":"red","response":"I","basis":"order","spell":1,\
            "starts":null,"ends":null,"primary":[],"signedBy":"commander","evidence":{}}
            """
        try order.write(toFile: events, atomically: true, encoding: .utf8)
        func message(_ others: [String]) throws -> Program.Result {
            try Program.run(
                ["warnings", "document", "notice", "--format", "cap", "--events", events, "--at", "2026-12-02"]
                    + Self.sender + others)
        }
        let refused = try message([])
        let missing = ["pollutionPeriod", "degree", "primaryPollutant", "weather", "responseUntil", "signedBy"]
        #expect(refused.status == 65 && refused.output.isEmpty)
        for field in missing { #expect(refused.errors.contains("\(field) ("), "\(field): \(refused.errors)") }
        let filled = try message(missing.flatMap { ["--field", "\($0)=said of \($0)"] })
        #expect(filled.status == 0 && filled.output.contains("commander said of signedBy"), "\(filled)")
        for field in missing { #expect(filled.output.contains("said of \(field)")) }
        #expect(try message(["--blanks"]).output.contains("commander (to be filled in)"))
        #expect(try message(["--field", "wether=x"]).status == 64)
    }

    @Test func `a bulletin of a store has the moment and the name of the signature`() throws {
        try write()
        let bulletin = try document("bulletin", "--format", "text")
        #expect(bulletin.status == 0)
        #expect(bulletin.output.contains("Time of issue: 2026-12-01 08:05"))
        #expect(bulletin.output.contains("Signed by: commander 李四"))
        #expect(bulletin.output.contains("Weather: ____ (to be filled in)"))
        let chinese = try document("bulletin", "--lang", "zh", "--format", "html")
        #expect(chinese.output.contains("lang=\"zh-CN\"") && chinese.output.contains("I 级响应"))
    }

    @Test func `every kind can be written in every form from a store, and in both languages`() throws {
        try write()
        for kind in ["forecast", "bulletin", "notice", "day", "summary", "year"] {
            for format in ["md", "html", "text"] {
                for language in ["en", "zh"] {
                    let written = try document(
                        kind, "--format", format, "--lang", language, "--at", "2026-12-05T14:00")
                    #expect(written.status == 0 && written.lines.count > 5, "\(kind) \(format): \(written.errors)")
                }
            }
        }
        let summary = try document("summary", "--at", "2026-12-05T14:00", "--format", "text")
        // 260 µg/m³ of PM2.5 are 310 by HJ 633-2026.
        #expect(summary.output.contains("Duration: 99 h") && summary.output.contains("Highest 24 h index: 310 at"))
    }

    @Test func `what is published is complete, is not written twice, and a lift waits for an hour`() throws {
        try write()
        #expect(try publish(at: "2026-12-01T08:04").status == 0)
        #expect(try files() == [])
        #expect(try publish(at: "2026-12-01T08:06").status == 0)
        let first = "13100041600000_20261201080500_0"
        #expect(try files() == ["\(first).en.txt", "\(first).xml", "\(first).zh.txt"])
        let written = try FileManager.default.attributesOfItem(atPath: folder.file("out/\(first).xml"))
        #expect(try publish(at: "2026-12-05T13:03").status == 0)
        #expect(try files().count == 3)
        #expect(try publish(at: "2026-12-05T13:04").status == 0)
        #expect(try files().count == 6)
        let later = try FileManager.default.attributesOfItem(atPath: folder.file("out/\(first).xml"))
        #expect(written[.systemFileNumber] as? Int == later[.systemFileNumber] as? Int)
        let cancel = try String(
            contentsOfFile: folder.file("out/13100041600000_20261205120300_0.xml"), encoding: .utf8)
        #expect(cancel.contains("<msgType>Cancel</msgType>") && cancel.contains(",\(first),2026-12-01T08:05:00+08:00"))
    }

    @Test func `a lift and the next issue within the hour go out as one update`() throws {
        try write(nextAfter: 60)
        _ = try publish(at: "2026-12-06T00:00")
        #expect(try files().count == 6)
        let update = try String(
            contentsOfFile: folder.file("out/13100041600000_20261205130300_0.xml"), encoding: .utf8)
        #expect(
            update.contains("<msgType>Update</msgType>") && update.contains("red warning lifted, yellow warning issued")
        )
    }

    @Test func `a hostile name of a signer is text in every form`() throws {
        try write(person: "<script>alert(1)</script>")
        for format in ["html", "cap"] {
            let written = try document(
                "notice", "--format", format, "--sender", "13100041600000", "--field", "weather=calm")
            #expect(!written.output.contains("<script>") && written.output.contains("&lt;script&gt;"))
        }
    }

    @Test func `fields fill the blanks, and one that nobody knows is refused by name`() throws {
        try write()
        let fields = try folder.write("fields.json", "{\"weather\": \"calm & foggy\"}")
        #expect(try document("bulletin", "--fields", fields).output.contains("calm \\& foggy"))
        for (text, said) in [
            ("{\"wether\": \"x\"}", "wether"), ("[]", "fields.json"), ("{\"weather\": 1}", "fields.json"),
        ] {
            let bad = try document("bulletin", "--fields", try folder.write("fields.json", text))
            #expect(bad.status == 65 && bad.errors.contains(said) && bad.output.isEmpty)
        }
    }

    @Test func `what cannot be written says why`() throws {
        try write()
        #expect(try document("notice", "--format", "cap").status == 64)
        #expect(try document("notice", "--format", "cap", "--sender", "131000").status == 64)
        #expect(try document("day", "--format", "cap", "--sender", "13100041600000").status == 64)
        #expect(try document("summary", "--number", "9").status == 66)
        let absent = try Program.run("warnings", "document", "bulletin", "--store", folder.file("no.db"))
        #expect(absent.status == 66)
        let nowhere = try Program.run(
            ["warnings", "publish", "--out", folder.file("no/such"), "--store", store, "--at", "2026-12-02"]
                + Self.sender + ["--blanks"])
        #expect(nowhere.status == 73)
    }

    @Test func `a replay's events, hours and forecasts make a summary`() throws {
        guard let observed = try SharedData.path("beijing-12-stations/hourly-2016-12_2017-01.csv") else { return }
        let events = folder.file("events.jsonl")
        let replay = try Program.run("warnings", "replay", "--plan", "langfang-2019", "--observed", observed)
        try replay.output.write(toFile: events, atomically: true, encoding: .utf8)
        let summary = try Program.run(
            "warnings", "document", "summary", "--number", "1", "--events", events, "--observed", observed, "--format",
            "html", "--at", "2017-01-20")
        #expect(summary.status == 0 && summary.output.contains("<svg") && summary.output.contains("Days above 200"))
        let broken = try folder.write("broken.jsonl", replay.output + "{}\n")
        let refused = try Program.run("warnings", "document", "notice", "--events", broken)
        #expect(refused.status == 65 && refused.errors.contains("broken.jsonl: line \(replay.lines.count + 1)"))
    }
}
