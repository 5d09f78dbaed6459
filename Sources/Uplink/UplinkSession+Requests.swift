import AQICore
import HJ212
package import Store

/// Requests of the platform: the time is told, and hours and minutes of the past. Reverse control, where the configuration allows it:
/// the interval of samples, and the calibration of an instrument. All else is refused.
///
/// Source: HJ 212-2017, table 8 (QnRtn: 1 ready, 2 refused, 3 PW, 4 MN) and 9 (ExeRtn: 1 done, 2 failed, 100 nothing there).
extension UplinkSession {
    /// Source: HJ 212-2017, table 5, RtdInterval.
    private static let realtimeIntervals = 30...3600

    mutating func answer(_ message: PlatformMessage, wall: Instant, _ output: inout Output) {
        guard !message.qn.isEmpty else { return }
        func result(_ number: Int) -> [UInt8] { reply(Command.requestAnswer, to: message, "QnRtn=\(number)") }
        guard message.password == destination.password else { return output.bytes += result(3) }
        guard let station = destination.stations.first(where: { $0.value == message.mn })?.key else {
            return output.bytes += result(4)
        }
        let sendsRealtime = destination.sends.contains(.realtime)
        switch message.command {
        case Command.getTime:
            output.bytes += result(1) + reply(Command.getTime, to: message, "SystemTime=\(WireTime.text(wall))", st: 22)
            output.bytes += reply(Command.executionAnswer, to: message, "ExeRtn=1")
        case Command.getRealtimeInterval where destination.allowsReverseControl && sendsRealtime:
            output.bytes += result(1)
            output.bytes += reply(Command.getRealtimeInterval, to: message, "RtdInterval=\(realtimeSeconds)", st: 22)
            output.bytes += reply(Command.executionAnswer, to: message, "ExeRtn=1")
        case Command.setRealtimeInterval where destination.allowsReverseControl && sendsRealtime:
            guard let seconds = message.realtimeInterval, UplinkSession.realtimeIntervals.contains(seconds) else {
                return output.bytes += result(2)
            }
            realtimeSeconds = seconds
            output.bytes += result(1) + reply(Command.executionAnswer, to: message, "ExeRtn=1")
        case Command.calibrate where destination.allowsReverseControl:
            guard let pollutant = message.factor.flatMap(Dialect.parameter(of:))?.pollutant else {
                return output.bytes += result(2)
            }
            // 9012 follows when the desk has answered.
            output.bytes += result(1)
            output.calibrations.append(
                CalibrationOrder(qn: message.qn, mn: message.mn, station: station, pollutant: pollutant))
        default:
            guard let begin = message.begin, let end = message.end, requests.count < UplinkSession.mostRequests,
                let request = HistoryRequest(
                    command: message.command ?? 0, qn: message.qn, mn: message.mn, station: station, from: begin,
                    through: min(end, wall))
            else { return output.bytes += result(2) }
            requests.append(request)
            output.bytes += result(1)
        }
    }

    /// What the calibration desk did with an order.
    package func executed(_ order: CalibrationOrder, isDone: Bool) -> [UInt8] {
        reply(Command.executionAnswer, qn: order.qn, mn: order.mn, "ExeRtn=\(isDone ? 1 : 2)", st: 91)
    }

    /// The next piece of the past that the platform asked for; to be called now and then, so that what is new goes between.
    package mutating func answerHistory(from store: StoreReader) throws -> [UInt8] {
        guard !requests.isEmpty else { return [] }
        var request = requests.removeFirst()
        let found = try store.read { try request.read($0) }
        var bytes: [UInt8] = []
        for interval in found {
            bytes +=
                destination.message(
                    request.command, mn: request.mn, interval, qn: request.qn, wantsAnswer: false, isAgain: false
                ).frame
        }
        if request.isDone {
            // 1 done, 100 there is nothing.
            bytes += reply(
                Command.executionAnswer, qn: request.qn, mn: request.mn, "ExeRtn=\(request.sent > 0 ? 1 : 100)", st: 91)
        } else {
            requests.insert(request, at: 0)
        }
        return bytes
    }

    private func reply(_ command: Int, to message: PlatformMessage, _ cp: String, st: Int = 91) -> [UInt8] {
        reply(command, qn: message.qn, mn: message.mn, cp, st: st)
    }

    /// An answer to a request, by its name: of 2005 in CP, later before it.
    private func reply(_ command: Int, qn: String, mn: String, _ cp: String, st: Int) -> [UInt8] {
        let inCP = destination.dialect.answersInCP && st == 91
        return Message(
            qn: inCP ? nil : qn, st: st, cn: command, pw: destination.password, mn: mn,
            flag: destination.dialect.flag(wantsAnswer: false), cp: inCP ? "QN=\(qn);\(cp)" : cp
        ).frame
    }
}
