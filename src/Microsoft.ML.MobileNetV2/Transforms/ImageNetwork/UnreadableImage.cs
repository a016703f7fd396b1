namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image that could not be read, and whose row was skipped or given missing features.</summary>
public sealed class UnreadableImage
{
    internal UnreadableImage()
    {
    }

    /// <summary>Gets the position of the row in the data view, from 0.</summary>
    public long RowIndex { get; internal init; }

    /// <summary>Gets the name of the image column.</summary>
    public string ColumnName { get; internal init; } = null!;

    /// <summary>Gets the exception that reading the image caused.</summary>
    public Exception Reason { get; internal init; } = null!;
}
