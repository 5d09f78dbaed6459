/// What the user did.
package enum Key: Equatable, Sendable {
    case character(Character)
    case enter
    case escape
    case tab
    case backTab
    case backspace
    case up
    case down
    case left
    case right
    case pageUp
    case pageDown
    case home
    case end
    /// A click with the mouse, by row and column from 0.
    case click(row: Int, column: Int)
    /// What a click meant: a tab, a line below the head of the screen.
    case screen(ScreenName)
    case line(Int)
    case resized
    /// The terminal went away: its window closed, its line hung up.
    case gone
}
