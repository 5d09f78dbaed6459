/// A packet to be sent.
package struct Message: Equatable, Sendable {
    package var qn: String?
    package var st: Int
    package var cn: Int
    package var pw: String
    package var mn: String
    package var flag: Int?
    package var pnum: Int?
    package var pno: Int?
    package var isResent: Bool
    /// What stands between `&&` and `&&`.
    package var cp: String

    package init(
        qn: String?, st: Int, cn: Int, pw: String, mn: String, flag: Int?, pnum: Int? = nil, pno: Int? = nil,
        isResent: Bool = false, cp: String = ""
    ) {
        self.qn = qn
        self.st = st
        self.cn = cn
        self.pw = pw
        self.mn = mn
        self.flag = flag
        self.pnum = pnum
        self.pno = pno
        self.isResent = isResent
        self.cp = cp
    }

    /// The packet that was read; nil where it has not what every packet has.
    package init?(_ packet: borrowing Packet, in data: Span<UInt8>) {
        guard let st = packet.st, let cn = packet.cn else { return nil }
        var cp = ""
        for (place, item) in packet.items.enumerated() {
            if place > 0 { cp += packet.items[place - 1].group == item.group ? "," : ";" }
            cp += item.factorRange.text(in: data)
            if !item.kindRange.isEmpty { cp += "-" + item.kindRange.text(in: data) }
            cp += "=" + item.value.text(in: data)
        }
        self.init(
            qn: packet.qn?.text(in: data), st: st, cn: cn, pw: packet.pw?.text(in: data) ?? "",
            mn: packet.mn.text(in: data),
            flag: packet.flag, pnum: packet.pnum, pno: packet.pno, isResent: packet.isResent, cp: cp)
    }

    /// The data segment.
    package var data: [UInt8] {
        var text = qn.map { "QN=\($0);" } ?? ""
        text += "ST=\(st);CN=\(cn);PW=\(pw);MN=\(mn)"
        if let flag { text += ";Flag=\(flag)" }
        if isResent { text += ";RF=1" }
        if let pnum, let pno { text += ";PNUM=\(pnum);PNO=\(pno)" }
        return Array((text + ";CP=&&\(cp)&&").utf8)
    }

    /// The whole frame with CR LF.
    ///
    /// - Precondition: the data segment is shorter than 10,000 bytes.
    package var frame: [UInt8] { Message.frame(data) }

    /// The frame around a data segment.
    package static func frame(_ data: [UInt8]) -> [UInt8] {
        precondition(data.count < 10_000, "a data segment of \(data.count) bytes")
        let length = String(data.count)
        let crc = String(CRC.annexA(data.span), radix: 16, uppercase: true)
        return Array(("##" + String(repeating: "0", count: 4 - length.count) + length).utf8) + data
            + Array((String(repeating: "0", count: 4 - crc.count) + crc + "\r\n").utf8)
    }
}
