package import AQICore
package import HJ212

/// What a centre does on one connection: bytes and time come in, readings and answers go out. Knows no sockets.
///
/// Here bytes become packets and a connection that is worth nothing ends; what the packets mean is ``CentreDialogue``'s.
package struct CentreSession {
    /// What bytes, or the passing of time, lead to.
    package struct Output {
        /// What was measured, in the order in which it came.
        package var readings: [Reading] = []
        /// Hours and days that stations made themselves.
        package var means: [StationMean] = []
        /// Acknowledgements of what brought them: to be sent once they are kept.
        package var acknowledgements: [UInt8] = []
        /// To be sent at once.
        package var replies: [UInt8] = []
        package var events: [CentreEvent] = []
        package var reports: [Report] = []
        package var closes: CentreEvent.CloseReason?
    }

    /// What a packet of a station was like.
    package struct Report {
        /// The station's place in the rules.
        var place: Int
        var isUsable: Bool
        var sins: Sins
        var clockOffset: Int64?
        var latest: Instant?
    }

    private let rules: CentreRules
    private var decoder: Decoder
    private var dialogue: CentreDialogue
    private let began: Instant
    private var wastedBefore = 0

    /// `passwords` are those that stations were given since the rules were written, by their place.
    package init(rules: CentreRules, passwords: [Int: String] = [:], at now: Instant) {
        self.rules = rules
        decoder = Decoder(dialect: .hj212Of2017, strict: rules.isStrict, longestData: rules.longestData)
        dialogue = CentreDialogue(rules: rules, passwords: passwords, at: now)
        began = now
    }

    /// Takes what came. `watch` sees every packet, good or not.
    package mutating func receive(
        _ bytes: Span<UInt8>, at now: Instant, watch: ((Span<UInt8>, borrowing Packet) -> Void)? = nil
    ) -> Output {
        var output = Output()
        let usable = dialogue.usable
        CentreSession.feed(bytes, to: &decoder, &dialogue, at: now, watch, &output)
        if dialogue.usable > usable { wastedBefore = decoder.wasted }
        if decoder.wasted - wastedBefore > rules.mostNoise { output.closes = output.closes ?? .noise }
        if let reason = output.closes { output.events.append(.closed(reason)) }
        return output
    }

    private static func feed(
        _ bytes: Span<UInt8>, to decoder: inout Decoder, _ dialogue: inout CentreDialogue, at now: Instant,
        _ watch: ((Span<UInt8>, borrowing Packet) -> Void)?, _ output: inout Output
    ) {
        dialogue.refill(at: now)
        decoder.feed(bytes) { data, packet in
            guard output.closes == nil else { return }
            watch?(data, packet)
            dialogue.take(packet, in: data, at: now, &output)
        }
    }

    /// Lets time pass: requests are sent again or given up, a silent connection ends.
    package mutating func tick(at now: Instant) -> Output {
        var output = Output()
        dialogue.tick(at: now, &output)
        if let last = dialogue.lastUsable {
            if now - last >= rules.idleSeconds { output.closes = .idle }
        } else if now - began >= rules.secondsToFirstPacket {
            output.closes = .silentFromTheStart
        }
        if let reason = output.closes { output.events.append(.closed(reason)) }
        return output
    }

    /// Asks a station that has spoken on this connection; nil where it has not, or is asked already.
    package mutating func ask(_ request: CentreRequest, mn: String, at now: Instant) -> [UInt8]? {
        dialogue.ask(request, mn: mn, at: now)
    }
}
