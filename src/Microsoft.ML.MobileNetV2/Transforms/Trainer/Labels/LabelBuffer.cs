namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads the label column of a cursor, and holds the labels that were read in the type of the column.</summary>
internal abstract class LabelBuffer
{
    protected const string Missing = "the label is missing. Filter such rows out, or give them a label.";

    /// <summary>Reads the current row's label and returns its index in the buffer.</summary>
    internal abstract int Read();

    /// <summary>Returns what is wrong with a label; null where nothing is.</summary>
    internal abstract string? FindError(int index);
}
