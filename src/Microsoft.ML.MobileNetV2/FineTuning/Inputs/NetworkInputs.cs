namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents what the network in training takes for each row: images, or the maps that the frozen blocks gave.</summary>
internal abstract class NetworkInputs
{
    /// <summary>Gets the number of rows.</summary>
    internal abstract int RowCount { get; }

    /// <summary>Gets the count of numbers of a row.</summary>
    internal abstract int RowLength { get; }

    /// <summary>Copies a row.</summary>
    /// <exception cref="IOException">The row is on disk and cannot be read.</exception>
    internal abstract void Read(int row, Span<float> destination);

    /// <summary>Returns some of the rows; nothing is copied.</summary>
    internal NetworkInputs Take(int[] rows) => new ChosenInputs(this, rows);

    private sealed class ChosenInputs(NetworkInputs all, int[] rows) : NetworkInputs
    {
        internal override int RowCount => rows.Length;

        internal override int RowLength => all.RowLength;

        internal override void Read(int row, Span<float> destination) => all.Read(rows[row], destination);
    }
}
