import Ingest
import Texts

/// Shows what goes over a line.
struct SerialWatch: ~Copyable {
    private let tap: SerialTap
    private let line: SerialLine
    private let isJSON: Bool
    private let kind: SerialProtocol?
    private var scanners: [(kind: SerialProtocol, scanner: any FrameScanning)]
    private var output: Output
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant

    init(_ options: SerialLineOptions) throws {
        // What can fail comes first: a value that cannot be copied is made whole or not at all.
        let line = try options.line()
        let tap = try SerialWatch.open(line)
        let output = try Output(path: nil)
        self.line = line
        self.tap = tap
        self.output = output
        isJSON = options.json
        kind = options.kind
        scanners = (options.kind.map { [$0] } ?? SerialProtocol.allCases).map { ($0, $0.makeScanner()) }
        began = clock.now
    }

    private static func open(_ line: SerialLine) throws -> SerialTap {
        do throws(ExchangeError) {
            return try SerialTap(line)
        } catch {
            throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
        }
    }

    mutating func send(_ bytes: [UInt8]) throws {
        do throws(ExchangeError) {
            try tap.send(bytes)
        } catch {
            throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
        }
        try show(bytes, isIncoming: false)
    }

    mutating func listen(for duration: Duration?) throws {
        let deadline = duration.map { clock.now + $0 }
        while deadline.map({ clock.now < $0 }) ?? true {
            let bytes: [UInt8]
            do throws(ExchangeError) {
                let left = deadline.map { Int(($0 - clock.now) / .milliseconds(1)) } ?? 1000
                bytes = try tap.receive(milliseconds: min(max(left, 0), 1000))
            } catch {
                try output.finish()
                throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
            }
            if !bytes.isEmpty { try show(bytes, isIncoming: true) }
        }
        try output.finish()
    }

    private mutating func show(_ bytes: [UInt8], isIncoming: Bool) throws {
        let milliseconds = Int64((clock.now - began) / .milliseconds(1))
        if isJSON {
            let members: [(String, JSON)] = [
                ("ms", .integer(milliseconds)), ("direction", .string(isIncoming ? "in" : "out")),
                ("hex", .string(SerialText.hexadecimal(bytes))), ("text", .string(SerialText.escaped(bytes))),
            ]
            try output.line(JSON.object(members).line)
        } else {
            for line in SerialText.lines(bytes, milliseconds: milliseconds, mark: isIncoming ? "<" : ">") {
                try output.line(line)
            }
        }
        if isIncoming { try showFrames(bytes, milliseconds) }
        try output.flush()
    }

    private mutating func showFrames(_ bytes: [UInt8], _ milliseconds: Int64) throws {
        for place in scanners.indices {
            let kind = scanners[place].kind
            let isWanted = self.kind != nil
            var found: [(FrameVerdict, [UInt8])] = []
            scanners[place].scanner.feed(bytes.span) { verdict, frame in
                guard isWanted || verdict == .good else { return }
                var copy: [UInt8] = []
                for place in 0..<frame.count { copy.append(frame[place]) }
                found.append((verdict, copy))
            }
            for (verdict, frame) in found {
                if isJSON {
                    let members: [(String, JSON)] = [
                        ("ms", .integer(milliseconds)), ("protocol", .string(kind.name)),
                        ("verdict", .string(verdict.rawValue)), ("hex", .string(SerialText.hexadecimal(frame))),
                        ("text", .string(SerialText.escaped(frame))),
                    ]
                    try output.line(JSON.object(members).line)
                } else {
                    try output.line(
                        "           = \(kind.name) \(verdict.rawValue) \(frame.count)  \(SerialText.escaped(frame))")
                }
            }
        }
    }
}
