import AQICore
import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

/// Many devices at a fast rhythm, some of them dead. `AQI_RHYTHM=1` measures what the issue asks for; without, a short run
/// shows that the machinery holds, on a machine that does other things as well.
@Suite("Ingest: rhythm", .serialized) struct RhythmTests {
    @Test func `dead devices do not take the healthy ones out of their rhythm`() async throws {
        let isMeasured = ProcessInfo.processInfo.environment["AQI_RHYTHM"] != nil
        let processor = Glibc.clock()
        let (healthy, dead, rounds) =
            isMeasured
            ? (56, ProcessInfo.processInfo.environment["AQI_DEAD"].flatMap { Int($0) } ?? 8, 300) : (14, 2, 20)
        let clock = ContinuousClock()
        // One server for all who live, one that never answers for the others.
        let bank = RegisterBank(units: Array(1...64))
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        let (silent, port) = listenOnLoopback(port: 0)
        defer {
            server.stop()
            close(silent)
        }
        let began = clock.now
        let busClock = BusClock(
            instant: { noon + (clock.now - began).components.seconds },
            milliseconds: { Int64((clock.now - began) / .milliseconds(1)) })
        let late = await withTaskGroup(of: [Duration].self) { group in
            for number in 1...healthy + dead {
                let isDead = number > healthy
                var options = ModbusOptions()
                // Among all other tests the server may have to wait for its turn.
                options.responseTimeoutMs = isMeasured || isDead ? 500 : 10_000
                let bus = ModbusBus(
                    name: "bus \(number)", line: isDead ? .tcp(host: "127.0.0.1", port: port) : server.line,
                    options: options, devices: [registers("d", unit: number, Array(0..<20))], clock: busClock)
                group.addTask {
                    var late: [Duration] = []
                    // As the service of the program does it; the starts are spread over a cycle.
                    var due = began.advanced(by: .milliseconds(500 + number * 100 / 64))
                    let end = due.advanced(by: .milliseconds(100 * rounds))
                    while due < end {
                        try? await clock.sleep(until: due, tolerance: .zero)
                        let report = await bus.poll(at: noon)
                        if !isDead {
                            late.append(clock.now - due)
                            #expect(!report.readings.contains { $0.value.isMissing })
                        }
                        repeat { due = due.advanced(by: .milliseconds(100)) } while due < clock.now
                    }
                    await bus.close()
                    return late
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        let sorted = late.sorted()
        let percentile = sorted[sorted.count * 99 / 100]
        if isMeasured {
            print("rounds \(late.count) of \(healthy * rounds), done after due: p50 \(sorted[sorted.count / 2])")
            // The processor's time, in microseconds (clock(3)), with that of the server.
            print("p99 \(percentile), worst \(sorted[sorted.count - 1]); processor \(Glibc.clock() - processor) us")
            #expect(percentile < .milliseconds(10))
        }
        // Among all other tests, which block the threads that tasks share, only that everybody is asked can be shown.
        #expect(late.count >= (isMeasured ? healthy * rounds * 9 / 10 : healthy))
    }
}
