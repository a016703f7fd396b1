namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Checks the elements of what is evaluated, since no compiler does so for a caller without nullable reference types.</summary>
internal static class EvaluatedElements
{
    /// <exception cref="ArgumentNullException">The path, the label, or one of several labels is null.</exception>
    internal static void Require(string? path, object? labels, int index, string parameterName)
    {
        bool hasLabels = labels is not null && (labels is not IEnumerable<string?> several || !several.Contains(null));
        if (path is null || !hasLabels)
        {
            throw new ArgumentNullException(parameterName, FormattableString.Invariant($"The {(path is null ? "path" : "label")} of image {index} is null."));
        }
    }

    /// <exception cref="ArgumentNullException">The image is null.</exception>
    internal static T Require<T>(T? image, int index, string parameterName)
        where T : class => image ?? throw new ArgumentNullException(parameterName, FormattableString.Invariant($"Image {index} is null."));
}
