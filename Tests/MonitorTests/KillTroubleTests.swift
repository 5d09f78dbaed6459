import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

/// The kill at any moment once more, where the disk is full now and then, and where the clock is set.
///
/// `AQI_KILLS=200` makes it as many; without, ten.
@Suite("Store: killed in trouble") struct KillTroubleTests {
    @Test func `with a disk that fills up, every hour that was told without trouble is there, once`() throws {
        guard let disk = try SmallDisk(megabytes: 32) else { return }
        let folder = try TemporaryFolder()
        let (store, output, errors) = ("\(disk.path)/air.db", folder.file("out"), folder.file("err"))
        let seed = UInt64(Date().timeIntervalSince1970)
        var random = SeededRandom(seed: seed)
        print("kills with a full disk: \(KillTests.kills), seed \(seed)")
        var durable: Set<Substring> = []
        var failures = 0
        for round in 0..<KillTests.kills {
            let process = try Program.start(
                KillTests.arguments(store, hours: 100_000), output: output, errors: errors)
            let begin = ContinuousClock.now
            while process.isRunning, try !KillTests.hasHour(errors), ContinuousClock.now - begin < .seconds(20) {
                usleep(2000)
            }
            usleep(UInt32(random.integer(0...150_000)))
            try disk.fill()
            usleep(UInt32(random.integer(50_000...300_000)))
            // Killed while it is full, or a second later, while what waited is being written.
            let isFreedFirst = random.chance(50)
            if isFreedFirst {
                try disk.free()
                usleep(UInt32(random.integer(900_000...1_300_000)))
            }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            if !isFreedFirst { try disk.free() }
            let log = try String(contentsOfFile: errors, encoding: .utf8)
            failures += log.contains("NOT STORED") ? 1 : 0
            durable.formUnion(Self.durableHours(in: log))
            #expect(try sqlite3(store, "PRAGMA integrity_check") == ["ok"], "round \(round)")
            let labels = try sqlite3(store, "SELECT strftime('%Y-%m-%d %H:%M', start + 32400, 'unixepoch') FROM hourly")
            #expect(Set(labels).count == labels.count, "round \(round)")
            let lost = durable.filter { !labels.contains(String($0)) }
            #expect(lost.isEmpty, "round \(round), seed \(seed)")
        }
        // The disk was full in earnest, or the test tests nothing.
        #expect(failures > 0)
        print("the disk was full under the store in \(failures) rounds; hours told and kept: \(durable.count)")
    }

    /// The hours of which a log may be believed that they are kept: those told while nothing was wrong, and those told in trouble
    /// that ended before the log does.
    private static func durableHours(in log: String) -> [Substring] {
        var (durable, waiting): ([Substring], [Substring]) = ([], [])
        var isInTrouble = false
        for line in log.split(separator: "\n") {
            if line.contains("NOT STORED") { isInTrouble = true }
            if line.contains("the store takes data again") {
                durable += waiting
                (waiting, isInTrouble) = ([], false)
            }
            guard let hour = KillTests.hours(in: String(line)).first else { continue }
            if isInTrouble { waiting.append(hour) } else { durable.append(hour) }
        }
        return durable
    }

    @Test
    func `with a clock that is set back and forward by an hour, no second is there twice and the store stays whole`()
        throws
    {
        let running = try RunningMonitor(startsIt: false, commitSeconds: 1)
        let clock = try running.folder.write("clock", "0")
        let library = running.folder.file("set_clock.so")
        #expect(try SystemProgram.run("clang", "-O2", "-shared", "-fPIC", "-o", library, Self.setClock).status == 0)
        let seed = UInt64(Date().timeIntervalSince1970)
        var random = SeededRandom(seed: seed)
        // Each round takes seconds of real time.
        let rounds = max(KillTests.kills / 3, 3)
        print("kills with a clock that is set: \(rounds), seed \(seed)")
        var kept: Set<String> = []
        for round in 0..<rounds {
            try Self.set(clock, &random)
            try running.start(environment: ["LD_PRELOAD": library, "AQI_CLOCK_OFFSET": clock])
            usleep(UInt32(random.integer(0...600_000)))
            try Self.set(clock, &random)
            usleep(UInt32(random.integer(1_000_000...2_500_000)))
            running.stop()
            let seconds = try Self.samples(running.store)
            #expect(Set(seconds).count == seconds.count, "round \(round), seed \(seed)")
            // What was in the store stays there, whatever the clock says.
            #expect(kept.isSubset(of: seconds), "round \(round), seed \(seed)")
            kept = Set(seconds)
            #expect(try sqlite3(running.store, "PRAGMA integrity_check") == ["ok"], "round \(round)")
            let doubled = "SELECT count(*) - count(DISTINCT start || ' ' || station) FROM hourly"
            #expect(try sqlite3(running.store, doubled) == ["0"], "round \(round)")
        }
        #expect(kept.count > rounds)
    }

    private static let setClock = #filePath.replacingOccurrences(
        of: "MonitorTests/KillTroubleTests.swift", with: "SetClock/set_clock.c")

    private static func set(_ clock: String, _ random: inout SeededRandom) throws {
        let hours = random.integer(0...2) - 1
        try "\(hours * 3600)".write(toFile: clock, atomically: true, encoding: .utf8)
    }

    /// Each sample of a store, without its value.
    private static func samples(_ store: String) throws -> [String] {
        try Program.run("export", "samples", "--store", store).lines.dropFirst().map {
            $0.split(separator: ",").prefix(3).joined(separator: ",")
        }
    }
}
