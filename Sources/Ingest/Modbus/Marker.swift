/// A read whose value nobody wants: that it is answered shows that nothing of what was lost is still under way
/// (``UnansweredRequests``).
struct Marker: Equatable {
    var function: UInt8
    var address: Int
    var count: Int

    /// The bytes of data of its reply.
    ///
    /// Source: MODBUS Application Protocol V1.1b3, 6.1 ... 6.4: bits come eight in a byte, registers two bytes each.
    var byteCount: Int { function <= 2 ? (count + 7) / 8 : count * 2 }

    private var shape: ReplyShape { ReplyShape(function: function, byteCount: byteCount) }

    /// The markers for a device, the likeliest to be answered first: parts of the request itself, then one register of the
    /// table that is not used, then one bit. All only read. None has the shape of a request for values.
    ///
    /// Those whose answers can be told from everything that is under way come first, exceptions included; where there are
    /// none, a marker that was lost before does as well, for no request for values has its shape. `plan` are the shapes of all
    /// requests for values that the device gets, and has got.
    static func candidates(
        for request: RegisterRequest, plan: Set<ReplyShape>, _ unanswered: UnansweredRequests
    ) -> [Marker] {
        let function = UInt8(request.table.rawValue)
        let start = request.range.lowerBound
        var all: [Marker] = []
        // Three parts are enough: who answers none of them does not answer parts.
        for count in 1..<max(request.range.count, 2) where count < request.range.count {
            let marker = Marker(function: function, address: start, count: count)
            if !plan.contains(marker.shape) { all.append(marker) }
            if all.count == 3 { break }
        }
        for other in [3, 4, 2, 1] as [UInt8] where other != function && !plan.contains(where: { $0.function == other })
        {
            all.append(Marker(function: other, address: start, count: 1))
        }
        let plain = all.filter { !unanswered.isAmbiguous($0.shape) }
        return plain.isEmpty ? all : plain
    }
}
