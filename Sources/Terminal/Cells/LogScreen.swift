import Texts

extension Dashboard {
    /// The log: the newest lines, or what somebody has scrolled back to.
    func log(_ snapshot: Snapshot, _ view: ViewState, _ canvas: inout Canvas) {
        let room = Dashboard.bodyRows(canvas.rows)
        let log = view.heldLog ?? snapshot.log
        let isHeld = view.heldLog != nil
        let back = min(max(view.scroll, 0), max(0, log.count - room))
        put(log.dropLast(back).suffix(room), from: Dashboard.top, &canvas)
        if isHeld { canvas.put(words.logHeld, row: Dashboard.bannerRow, column: 1, style: .strong) }
    }
}
