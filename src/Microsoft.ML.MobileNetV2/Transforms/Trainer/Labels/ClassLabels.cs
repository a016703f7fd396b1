namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents labels that are classes: for each row, the index of its value among the distinct values.</summary>
internal abstract class ClassLabels : LabelBuffer
{
    /// <summary>Returns the classes of the training rows.</summary>
    /// <param name="used">The labels of the rows; others were read and left out.</param>
    internal abstract ClassList CreateClasses(IReadOnlyList<int> used);

    /// <summary>Returns the name of the class of a label.</summary>
    internal abstract string NameOf(int index);
}
