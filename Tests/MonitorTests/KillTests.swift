import Foundation
import Glibc
import TestSupport
import Testing

/// A power cut, or the nearest that a process can have: SIGKILL at any moment, again and again, on one store.
///
/// `AQI_KILLS=200` makes it as many; without, ten.
@Suite("Store: killed at any moment") struct KillTests {
    static let kills = ProcessInfo.processInfo.environment["AQI_KILLS"].flatMap(Int.init) ?? 10

    static func arguments(_ store: String, hours: Int) -> [String] {
        [
            "demo", "--headless", "--speed", "max", "--seed", "7", "--commit", "0", "--store", store, "--hours",
            "\(hours)",
        ]
    }

    @Test func `every hour that was reported is there, once, and nothing that was not measured`() throws {
        let folder = try TemporaryFolder(onDisk: true)
        let (store, output, errors) = (folder.file("a.db"), folder.file("out"), folder.file("err"))
        var random = SeededRandom(seed: UInt64(Date().timeIntervalSince1970))
        print("kills: \(Self.kills), seed \(UInt64(Date().timeIntervalSince1970))")
        var reported: Set<Substring> = []
        var slowest = Duration.zero
        for round in 0..<Self.kills {
            let begin = ContinuousClock.now
            let process = try Program.start(Self.arguments(store, hours: 100_000), output: output, errors: errors)
            // Until it tells of an hour: that is what a restart is.
            while process.isRunning, try !Self.hasHour(errors), ContinuousClock.now - begin < .seconds(20) {
                usleep(2000)
            }
            slowest = max(slowest, ContinuousClock.now - begin)
            usleep(UInt32(random.integer(150_000...500_000)))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let log = try String(contentsOfFile: errors, encoding: .utf8)
            reported.formUnion(Self.hours(in: log))
            // The frame of a commit that the kill cut off.
            if round % 2 == 1 { try Self.tear(store + "-wal", byBytes: random.integer(1...4119)) }
            #expect(try sqlite3(store, "PRAGMA integrity_check") == ["ok"], "round \(round)")
            guard round % 10 == 0 || round == Self.kills - 1 else { continue }
            let exported = PlainTable(try Program.run("export", "hourly", "--store", store).output)
            let times = exported.rows.compactMap {
                $0["time"].map { $0.prefix(16).replacingOccurrences(of: "T", with: " ") }
            }
            #expect(reported.allSatisfy { times.contains(String($0)) }, "round \(round)")
            #expect(Set(times).count == times.count)
        }
        print("from the start of the program to the first hour, at most: \(slowest)")
        // What is there is what one run without a kill leaves.
        let count = try Program.run("export", "hourly", "--store", store).lines.count - 1
        #expect(count > 0)
        let whole = folder.file("whole.db")
        #expect(try Program.run(Self.arguments(whole, hours: count)).status == 0)
        for what in [
            ["hourly"], ["index", "--report", "realtime"], ["index", "--report", "running24"], ["warnings"],
        ] {
            let left = try Program.run(["export"] + what + ["--store", whole])
            let right = try Program.run(["export"] + what + ["--store", store])
            #expect(left.output == right.output, "\(what)")
        }
        // Of the samples, all of the hours that are whole, each with its value.
        let end = try #require(
            try Program.run("export", "hourly", "--store", whole).lines.last?.split(separator: ",")[1])
        let left = try Self.samples(whole, before: end)
        #expect(left.count > count * 60)
        #expect(try Self.samples(store, before: end) == left)
    }

    /// The samples of a store as lines, in order of the text.
    private static func samples(_ store: String, before end: Substring) throws -> [String] {
        try Program.run("export", "samples", "--store", store).lines.dropFirst().filter {
            $0.split(separator: ",")[1] < end
        }.map(String.init).sorted()
    }

    static func hasHour(_ log: String) throws -> Bool {
        try String(contentsOfFile: log, encoding: .utf8).contains("AQI")
    }

    private static func tear(_ log: String, byBytes count: Int) throws {
        guard let handle = FileHandle(forUpdatingAtPath: log) else { return }
        try handle.seekToEnd()
        handle.write(Data(repeating: 0xA5, count: count))
        try handle.close()
    }

    /// The hours that a log reports closed: `2026-11-16 01:00`.
    static func hours(in log: String) -> [Substring] {
        log.split(separator: "\n").filter { $0.contains("AQI") }.compactMap { line in
            line.firstMatch(of: /\d{4}-\d\d-\d\d \d\d:\d\d/).map(\.output)
        }
    }
}
