import AQICore
import Foundation
import Ingest
import Store
import Synchronization
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// `AQI_SERIAL_HOURS=168` plays a week of each.
@Suite("serial instruments through the whole chain", .serialized) struct SerialChainTests {
    private static let hours = ProcessInfo.processInfo.environment["AQI_SERIAL_HOURS"].flatMap { Int($0) } ?? 3

    private struct Instrument {
        let kind: SerialProtocol
        let parameter: String
        let item: String
        var keys = ""
    }

    private static let instruments = [
        Instrument(kind: .bayernHessen, parameter: "so2", item: "211", keys: "address = 97"),
        Instrument(kind: .cLink, parameter: "o3", item: "o3", keys: "address = 49"),
        Instrument(kind: .ak, parameter: "no2", item: "AKON.1"),
        Instrument(kind: .serinusAdvanced, parameter: "so2", item: "50", keys: "address = 3"),
        Instrument(kind: .pmsx003, parameter: "pm25", item: "pm25.atm"),
        Instrument(kind: .sds011, parameter: "pm10", item: "pm10"),
        Instrument(kind: .sps30, parameter: "pm25", item: "pm25"),
        Instrument(
            kind: .line, parameter: "o3", item: "o3",
            keys: #"request = "READ?\r""# + "\n" + #"answer = 'o3=(?<o3>-?[0-9.]+)'"#),
    ]

    @Test(arguments: instruments.map(\.kind))
    func `hours of an instrument at full speed give exact means`(kind: SerialProtocol) async throws {
        let instrument = try #require(Self.instruments.first { $0.kind == kind })
        var simulated = SerialInstrument(
            address: instrument.keys.firstMatch(of: /address = (\d+)/).flatMap { Int($0.1) })
        simulated.values[instrument.item] = 0
        simulated.unit = "ug/m3"
        // It speaks when a value is set, and then alone: nothing old lies on the line.
        let simulator = try SerialSimulator(kind, [simulated], pauseMs: 0)
        let configuration = try Configuration(
            toml: """
                [[station]]
                key = "A"
                [[bus]]
                name = "one"
                type = "serial"
                protocol = "\(kind.name)"
                path = "\(simulator.path)"
                timeout_ms = 30000
                  [[bus.device]]
                  name = "instrument"
                  \(instrument.keys)
                    [[bus.device.channel]]
                    parameter = "\(instrument.parameter)"
                    item = "\(instrument.item)"
                    unit = "ug/m3"
                """, path: "x")
        let bus = try #require(configuration.makeBuses().first)
        var monitor = Monitor(stations: configuration.stations, plan: .usual, settle: 5)
        let first = Hour(containing: Instant(seconds: 1_780_000_000)) + 1
        if kind.isStream { await open(bus, simulator, instrument, before: first) }
        var random = SeededRandom(seed: 7)
        var wanted: [Int64] = []
        var found: [Int32?] = []
        let pollutant = try #require(Pollutant(name: instrument.parameter))
        for hour in 0...Self.hours {
            var sum: Int64 = 0
            for minute in 0..<60 {
                let value = Int64(random.integer(0...400)) * 1000
                sum += value
                simulator.set([instrument.item: value])
                let now = (first + Int32(hour)).beginning + Int64(60 * minute + 30)
                for effect in monitor.step(await bus.poll(at: now).readings, at: now) {
                    if case .hour(let record) = effect { found.append(record.row[pollutant].thousandths) }
                }
            }
            let (quotient, remainder) = sum.quotientAndRemainder(dividingBy: 60)
            wanted.append(quotient + (remainder > 30 || remainder == 30 && quotient % 2 == 1 ? 1 : 0))
        }
        #expect(found.count == Self.hours)
        #expect(found.map { $0.map(Int64.init) } == wanted.dropLast().map { $0 })
        await bus.close()
        simulator.stop()
    }

    /// Opens the line of an instrument that speaks by itself: the first poll does, and waits for a frame; what was sent before is
    /// lost, and what came in between is read before the first frame that counts.
    private func open(
        _ bus: any Bus, _ simulator: SerialSimulator, _ instrument: Instrument, before first: Hour
    ) async {
        let isOpen = Atomic(false)
        async let opened: Void = {
            _ = await bus.poll(at: first.beginning + -60)
            isOpen.store(true, ordering: .relaxed)
        }()
        for _ in 0..<600 where !isOpen.load(ordering: .relaxed) {
            simulator.set([instrument.item: 0])
            try? await Task.sleep(for: .milliseconds(50))
        }
        await opened
        for number in 1...600 as ClosedRange<Int64> {
            simulator.set([instrument.item: number * 1000])
            let read = await bus.poll(at: first.beginning + -60).readings.last?.value.thousandths
            if read.map(Int64.init) == number * 1000 { return }
        }
        Issue.record("the line is never read to its end")
    }
}
