namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the classes of a training run: their order, their names and their values.</summary>
/// <remarks>A key's classes stand in the order of its values; others in ordinal or numeric order, so that the order of rows has no effect.</remarks>
internal abstract class ClassList
{
    /// <summary>Gets the names of the classes, all different.</summary>
    internal abstract IReadOnlyList<string> Names { get; }

    /// <exception cref="InvalidOperationException">There is only one class.</exception>
    internal static ClassList Create(TrainingRows rows, string columnName)
    {
        var labels = (ClassLabels)rows.Labels;
        ClassList classes = rows.Teaching is { } teaching ? labels.CreateClasses(teaching.ClassNames) : labels.CreateClasses(rows.LabelIndices);
        return classes.Names.Count >= 2
            ? classes
            : throw new InvalidOperationException(
                $"All labels in column '{columnName}' are '{string.Join(", ", classes.Names)}'; a classifier needs at least two classes.");
    }

    /// <summary>Returns the index of the class of each row, found by its value; of one without a label the teacher's best class.</summary>
    /// <exception cref="InvalidOperationException">A label is none of the classes.</exception>
    internal abstract int[] IndicesOf(TrainingRows rows, string columnName);

    /// <summary>Returns an estimator that maps the index of a class to a key whose values are the labels.</summary>
    internal abstract IEstimator<ITransformer> MapToLabel(MLContext context, string outputColumnName);
}
