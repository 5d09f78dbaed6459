import Ingest
import Texts
import Uplink

/// Where stations are listened to, and where hours are uploaded to.
extension DeviceReport {
    /// An address that no monitor listens on: it is taken as a monitor takes it, and given back at once.
    mutating func check(_ receiver: Configuration.Receiver) async {
        let words = Session.words
        let subject = words.doctorReceiver(receiver.name)
        do {
            let server = try await HJ212Server(
                address: receiver.address, port: receiver.port, rules: receiver.rules, threads: 1,
                clock: { WallClock.now }, tell: { _ in })
            await server.stop()
            add(.good, subject, words.canListen("\(receiver.address):\(receiver.port)"))
        } catch {
            add(.bad, subject, Failure(error)?.message ?? "\(error)")
        }
    }

    /// A platform, also beside a running monitor, which does not tell how it stands with it. Nothing is said on the connection.
    mutating func check(_ uplink: Destination) {
        let words = Session.words
        let (subject, end) = (words.doctorUplink(uplink.name), "\(uplink.host):\(uplink.port)")
        do throws(ExchangeError) {
            try Reach.check(host: uplink.host, port: uplink.port, withinMilliseconds: 3000)
            add(.good, subject, words.canConnect(end))
        } catch {
            add(.bad, subject, words.onLine(end, words.problem(error)), trouble: error)
        }
    }
}
