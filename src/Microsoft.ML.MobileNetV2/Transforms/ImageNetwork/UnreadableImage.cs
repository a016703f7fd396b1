namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image that could not be read, and whose row was skipped or got missing features.</summary>
public sealed record UnreadableImage
{
    /// <summary>Gets the position of the row in the data view, from 0.</summary>
    public required long RowIndex { get; init; }

    /// <summary>Gets the name of the image column.</summary>
    public required string ColumnName { get; init; }

    /// <summary>Gets the exception that reading the image caused.</summary>
    public required Exception Reason { get; init; }
}
