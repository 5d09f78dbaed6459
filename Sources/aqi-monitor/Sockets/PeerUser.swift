import Glibc
import NIOCore
import NIOPosix

/// Who is at the other end of a local socket.
enum PeerUser {
    /// `struct ucred`: three 32-bit integers.
    ///
    /// Source: unix(7), SO_PEERCRED.
    private struct Credentials: Sendable {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
    }

    /// The name of the user, or the number of one without a name.
    static func name(of channel: any Channel) async -> String {
        guard let options = channel as? any SocketOptionProvider,
            let credentials: Credentials = try? await options.unsafeGetSocketOption(
                level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
            ).get()
        else { return "" }
        return Account.name(of: credentials.user) ?? "\(credentials.user)"
    }
}
