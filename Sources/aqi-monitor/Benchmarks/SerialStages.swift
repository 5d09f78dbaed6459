import AQICore
import Dispatch
import Glibc
import Ingest
import Synchronization

/// The decoders of the serial protocols, each by itself in memory, and all ports of a large station at once.
enum SerialStages {
    static let ports = Stage(
        name: "serial.ports", unit: "bytes", size: 32, sizeUnit: "ports", clock: .processor,
        prepare: { size, surroundings in ports(size, seconds: surroundings.seconds) })

    static let all =
        SerialProtocol.allCases.map { kind in
            // Larger than the caches of one core.
            Stage(
                name: "serial.decode.\(kind.name)", unit: "bytes", size: 8 << 20, sizeUnit: "bytes",
                prepare: { size, _ in decode(kind, byteCount: size) })
        } + [ports]

    /// An item of each protocol that has a value.
    private static func item(_ kind: SerialProtocol) -> String {
        switch kind {
        case .bayernHessen: "211"
        case .cLink, .line: "o3"
        case .ak: "AKON.1"
        case .serinusAdvanced: "50"
        case .pmsx003: "pm25.atm"
        case .sds011, .sps30: "pm25"
        }
    }

    /// Answers of an instrument, each with another value, as many as fit.
    private static func stream(_ kind: SerialProtocol, _ byteCount: Int) -> [UInt8] {
        let dialect = kind.dialect
        guard let item = dialect.item(item(kind)) else { return [] }
        var device = SerialDevice(
            name: "bench",
            channels: [
                SerialChannel(item: item, rule: ValueRule(channel: Channel(station: 0, parameter: .o3)))
            ])
        device.isChecked = true
        device.request = "READ?\r"
        let request = dialect.requests(for: device).first?.bytes ?? []
        var instrument = SerialInstrument()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        var number: Int64 = 0
        while true {
            number += 1
            instrument.values[item.text] = number % 500 * 1000
            let frame = instrument.frame(in: kind) ?? instrument.answer(to: request, in: kind) ?? []
            guard !frame.isEmpty, bytes.count + frame.count <= byteCount else { return bytes }
            bytes += frame
        }
    }

    /// Frames found, checked and their values decoded, in pieces as a terminal gives them. Of lines of text the frames alone:
    /// what they say, a regular expression finds.
    private static func decode(_ kind: SerialProtocol, byteCount: Int) -> Trial {
        let bytes = stream(kind, byteCount)
        let dialect = kind.dialect
        let item = dialect.item(item(kind))
        var checksum: UInt64 = 0
        var frames: Int64 = 0
        return Trial(units: bytes.count) {
            var scanner = kind.makeScanner()
            var (sum, count): (UInt64, Int64) = (0, 0)
            for start in stride(from: 0, to: bytes.count, by: 4096) {
                scanner.feed(bytes.span.extracting(start..<min(start + 4096, bytes.count))) { verdict, frame in
                    guard verdict.isUsable, let item else { return }
                    count += 1
                    guard case .number(let number) = dialect.value(of: item, in: frame) else { return }
                    sum &+= UInt64(bitPattern: number.thousandths() ?? 0)
                }
            }
            (checksum, frames) = (sum, count)
        } outcome: {
            .init(checksum: checksum, details: [("frames", frames)])
        }
    }

    /// What the readers of the ports found together.
    private struct Found {
        var bytes = 0
        var noise: UInt64 = 0
        var cpuNanoseconds: Int64 = 0
    }

    /// Pseudo-terminals that are written at the speed of 115,200 baud (11,520 bytes a second), each read and decoded by a
    /// thread of its own, as buses do. The time of the processor is that of the readers, the kernel's for them included.
    private static func ports(_ count: Int, seconds: Int) -> Trial {
        var outcome = Trial.Outcome()
        return Trial(units: 0) {
            outcome = try feed(count, seconds: seconds)
        } outcome: {
            outcome
        }
    }

    private static func feed(_ count: Int, seconds: Int) throws -> Trial.Outcome {
        let kinds = (0..<count).map { SerialProtocol.allCases[$0 % SerialProtocol.allCases.count] }
        let terminals = try kinds.map { _ in try Pseudoterminal() }
        let streams = kinds.map { stream($0, 11_520 * seconds) }
        let found = Mutex(Found())
        let readers = DispatchGroup()
        for place in 0..<count {
            let (kind, path, wanted) = (kinds[place], terminals[place].path, streams[place].count)
            let line = SerialLine.port(
                path: path, baud: 115_200, parity: "N", dataBits: 8, stopBits: 1, direction: .automatic)
            let tap = try SerialTap(line)
            // Invariant: the one reader of the port is the only one that uses it from here on.
            nonisolated(unsafe) let port = tap
            DispatchQueue(label: path).async(group: readers) {
                let began = threadNanoseconds()
                var own = Found()
                var scanner = kind.makeScanner()
                var received = 0
                while received < wanted, let bytes = try? unsafe port.receive(milliseconds: 2000), !bytes.isEmpty {
                    received += bytes.count
                    scanner.feed(bytes.span) { verdict, frame in if verdict.isUsable { own.bytes += frame.count } }
                }
                own.noise = scanner.noiseCount
                own.cpuNanoseconds = threadNanoseconds() - began
                found.withLock {
                    $0.bytes += own.bytes
                    $0.noise += own.noise
                    $0.cpuNanoseconds += own.cpuNanoseconds
                }
            }
        }
        let clock = ContinuousClock()
        let began = clock.now
        var sent = [Int](repeating: 0, count: count)
        while (0..<count).contains(where: { sent[$0] < streams[$0].count }) {
            // A hundred times a second, as much as the line would have carried by now.
            usleep(10_000)
            let due = Int((clock.now - began) / .microseconds(1)) * 11_520 / 1_000_000
            for place in 0..<count where sent[place] < min(due, streams[place].count) {
                let part = Array(streams[place][sent[place]..<min(due, streams[place].count)])
                sent[place] += max(0, terminals[place].write(part))
            }
        }
        // What was written last is lost if the terminals are let go of before it is read.
        withExtendedLifetime(terminals) { readers.wait() }
        let elapsed = (clock.now - began) / .nanoseconds(1)
        let total = found.withLock { $0 }
        let gaps = streams.enumerated().reduce(0) { $0 + (kinds[$1.offset] == .line ? lineFeeds($1.element) : 0) }
        let written = sent.reduce(0, +)
        guard total.bytes + gaps == written, total.noise == 0 else { throw Repetitions.Differs(stage: ports.name) }
        return .init(
            details: [
                ("ports", Int64(count)), ("sent", Int64(written)), ("decoded", Int64(total.bytes + gaps)),
                ("noise", Int64(total.noise)),
                ("cpuThousandths", Int64(Double(total.cpuNanoseconds) / elapsed * 1000)),
            ],
            processorSeconds: Double(total.cpuNanoseconds) * 1e-9, units: written)
    }

    /// A line of text ends with its CR; the LF after it belongs to no frame.
    private static func lineFeeds(_ bytes: [UInt8]) -> Int { bytes.count { $0 == 10 } }
}

/// The time that the processor spent on this thread.
private func threadNanoseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}
