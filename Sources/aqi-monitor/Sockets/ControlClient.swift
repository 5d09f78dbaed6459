import Foundation
import NIOCore
import NIOPosix
import Store
import Texts
import Warnings

/// Asks a running monitor to do something.
struct ControlClient {
    let path: String

    /// - Throws: ``Failure``: no monitor is there, it does not understand, it refuses.
    func ask(_ command: ControlCommand, as person: String?) async throws -> ControlReply {
        let words = Session.words
        let line = try JSONEncoder().encode(ControlRequest(person: person, command: command))
        let reply: ControlReply?
        do {
            reply = try await exchange(line + [UInt8(ascii: "\n")])
        } catch let error as IOError where error.errnoCode == EACCES {
            throw Failure(.unavailable, words.unreadable(path, systemMessage(EACCES)))
        } catch {
            throw Failure(.unavailable, words.monitorMustRun(path))
        }
        guard let reply else { throw Failure(.unavailable, words.controlFailed(path)) }
        switch reply.problem {
        case nil: return reply
        case .alarm(let refusal): throw Failure(.badData, words.alarmRefusal(refusal))
        case .refused(let refusal): throw Failure(.badData, words.refusal(refusal))
        case .noSuchDevice(let known): throw Failure(.badData, words.deviceIsUnknown(command.device, known: known))
        case .nothingToEnd: throw Failure(.badData, words.nothingToEnd(device: command.device))
        case .noSuchStation: throw Failure(.badData, words.receiverUnknown(command.station))
        case .noSuchFactor(let dialect, let known):
            throw Failure(.badData, words.factorUnknown(command.factor, dialect: dialect, known: known))
        case .badRequest: throw Failure(.badData, words.stationRequestIsBad)
        case .nameless: throw Failure(.badData, words.personIsNameless)
        case .badTable, .notUnderstood: throw Failure(.unavailable, words.controlFailed(path))
        case .notKept(let message): throw Failure(.inputOutput, message)
        }
    }

    /// Whether a monitor is there to be asked.
    private func exchange(_ request: Data) async throws -> ControlReply? {
        let channel = try await LocalSocket.connect(path)
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: request))
            var answer = ByteBuffer()
            for try await part in inbound {
                answer.writeImmutableBuffer(part)
                if answer.readableBytesView.last == UInt8(ascii: "\n") || answer.readableBytes > 16 << 20 { break }
            }
            return try? JSONDecoder().decode(ControlReply.self, from: Data(answer.readableBytesView))
        }
    }
}

extension ControlCommand {
    /// The device that it is about, for messages.
    fileprivate var device: String { if case .calibration(let request) = self { request.device } else { "" } }
    fileprivate var factor: String { if case .station(let request) = self { request.text ?? "" } else { "" } }
    fileprivate var station: String { if case .station(let request) = self { request.mn } else { "" } }
}
