namespace Microsoft.ML.MobileNetV2;

/// <summary>Tells of one row whose image could not be read.</summary>
/// <param name="RowIndex">Position of the row in the data view, from 0; −1 where the row has none.</param>
/// <param name="ColumnName">Name of the column with the images.</param>
/// <param name="Reason">What went wrong; the message names the file.</param>
public sealed record UnreadableImage(long RowIndex, string ColumnName, Exception Reason);
