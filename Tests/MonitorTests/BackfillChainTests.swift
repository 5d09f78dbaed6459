import AQICore
import Ingest
import Store
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// A C-Link instrument that was out of reach, and tells afterwards what it measured meanwhile.
@Suite("C-Link records fill the gap of an outage", .serialized) struct BackfillChainTests {
    private static let first = Hour(containing: Instant(seconds: 1_780_000_000))

    private struct Run {
        /// The newest record of each hour.
        var hours: [Hour: HourlyValue] = [:]
        var events: [BusEvent] = []
        var late = 0
        var mostRequests = 0
        /// Of the first hour.
        var wanted: Int64 = 0
    }

    private struct HourlyValue: Equatable {
        var value: Concentration
        var mark: String
    }

    /// `14:38 07-28-21`, as the instrument's clock has it.
    private static func stamp(_ time: Instant) -> String {
        let local = time.seconds + 8 * 3600
        let date = CivilDate(daysSince1970: Int32(local / 86_400))
        func two(_ number: some BinaryInteger) -> String { (number < 10 ? "0" : "") + "\(number)" }
        let clock = "\(two(local / 3600 % 24)):\(two(local / 60 % 60))"
        return "\(clock) \(two(date.month))-\(two(date.day))-\(two(date.year % 100))"
    }

    /// An hour and a half at a poll a minute; from minute 20 to 50 the adapter is out.
    private func play(clockOff: Int64 = 0, flags: (Int) -> String = { _ in "0" }) async throws -> Run {
        var instrument = SerialInstrument(address: 49, values: ["o3": 0, "flags": 0])
        instrument.unit = "ug/m3"
        let folder = try TemporaryFolder()
        let link = folder.file("analyser")
        var simulator: SerialSimulator? = try SerialSimulator(.cLink, [instrument], link: link)
        defer { simulator?.stop() }
        let configuration = try Configuration(
            toml: """
                [[station]]
                key = "A"
                [[bus]]
                name = "one"
                type = "serial"
                protocol = "c-link"
                path = "\(link)"
                timeout_ms = 5000
                  [[bus.device]]
                  name = "instrument"
                  address = 49
                    [[bus.device.channel]]
                    parameter = "o3"
                    item = "o3"
                    unit = "ug/m3"
                    [[bus.device.status]]
                    item = "flags"
                    bits = { "29" = "M" }
                """, path: "x")
        let bus = try #require(configuration.makeBuses().first)
        var monitor = Monitor(stations: configuration.stations, plan: .usual, settle: 5)
        var random = SeededRandom(seed: 11)
        var run = Run()
        var requests = 0
        for minute in 0..<95 {
            let value = Int64(random.integer(0...400_000))
            if minute < 60 { run.wanted += value }
            instrument.values["o3"] = value
            if minute == 20 {
                simulator?.stop()
                simulator = nil
            }
            if minute == 50 {
                simulator = try SerialSimulator(.cLink, [instrument], link: link)
                requests = 0
            }
            simulator?.set { $0[0] = instrument }
            let begin = Self.first.beginning + Int64(60 * minute)
            let report = await bus.poll(at: begin + 30)
            run.events += report.events
            for effect in monitor.step(report.readings, at: begin + 30) {
                switch effect {
                case .hour(let record):
                    run.hours[record.hour] = HourlyValue(value: record.row[.o3], mark: record.mark(.o3))
                case .late(let count): run.late += count
                default: break
                }
            }
            let asked = simulator?.counts.requests ?? 0
            run.mostRequests = max(run.mostRequests, asked - requests)
            requests = asked
            // What the minute was is recorded when it is over.
            let whole = String(value / 1000)
            let part = String(String(1000 + value % 1000).dropFirst())
            instrument.records.append(
                "\(Self.stamp(begin + 60 + clockOff))  flags \(flags(minute)) o3 \(whole).\(part) pres 724.798")
        }
        await bus.close()
        return run
    }

    @Test func `the hour of an outage is exactly that of all values, and says that it was filled in`() async throws {
        let run = try await play()
        let (quotient, remainder) = run.wanted.quotientAndRemainder(dividingBy: 60)
        let mean = Int32(quotient + (remainder > 30 || remainder == 30 && quotient % 2 == 1 ? 1 : 0))
        #expect(run.hours[Self.first] == HourlyValue(value: Concentration(thousandths: mean), mark: "Re"))
        #expect(run.late == 0)
        #expect(run.events.contains { if case .deviceLost = $0 { true } else { false } })
        #expect(!run.events.contains { if case .recordsUnused = $0 { true } else { false } })
        // Two values and one request for records.
        #expect(run.mostRequests == 3)
    }

    @Test func `records of an instrument whose clock is off are not used, and that is told once`() async throws {
        let run = try await play(clockOff: 600)
        #expect(run.hours[Self.first] == HourlyValue(value: .missing(.communication), mark: "B"))
        let troubles = run.events.filter { if case .recordsUnused = $0 { true } else { false } }
        // Once after the start, and once after the outage.
        #expect(troubles.count <= 2 && !troubles.isEmpty, "\(troubles)")
    }

    @Test func `what was recorded in service mode, or without a status, fills nothing`() async throws {
        for flags in ["20000000", "?"] {
            let run = try await play { (30..<40).contains($0) ? flags : "0" }
            // Ten minutes are missing, and fifty count.
            let found = try #require(run.hours[Self.first])
            #expect(!found.value.isMissing && found.mark == "Re")
            let all = try await play { _ in flags }
            #expect(all.hours[Self.first]?.value == .missing(.communication))
        }
    }
}
