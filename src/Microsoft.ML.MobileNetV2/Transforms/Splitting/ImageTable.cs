using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Makes rows of a data set.</summary>
internal static class ImageTable
{
    private const int MostProblems = 5;

    /// <summary>Hands the problems of a data set to a method, if there is one.</summary>
    /// <returns>The data set.</returns>
    /// <exception cref="InvalidDataException">There are problems and no method.</exception>
    internal static ImageDataset Check(ImageDataset dataset, Action<ImageDatasetProblem>? onProblem)
    {
        foreach (ImageDatasetProblem problem in dataset.Problems)
        {
            if (onProblem is null)
            {
                throw new InvalidDataException(Describe(dataset.Problems));
            }

            onProblem(problem);
        }

        return dataset;
    }

    internal static IDataView Create(DataOperationsCatalog catalog, ImageDataset dataset)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        if (dataset.Images.All(image => image.Group is null))
        {
            schema.Remove(schema[nameof(Row.Group)]);
        }

        return catalog.LoadFromEnumerable(
            dataset.Images.Select(image => new Row { Image = image.Image, Label = image.Label, Group = image.Group ?? image.Image }).ToArray(), schema);
    }

    private static string Describe(IReadOnlyList<ImageDatasetProblem> problems)
    {
        string more = problems.Count > MostProblems ? FormattableString.Invariant($" And {problems.Count - MostProblems} more.") : string.Empty;
        return $"{string.Join(' ', problems.Take(MostProblems).Select(problem => problem.Message))}{more} To go on with the other images, set onProblem.";
    }

    private sealed class Row
    {
        public string Image { get; set; } = string.Empty;

        public string Label { get; set; } = string.Empty;

        public string Group { get; set; } = string.Empty;
    }
}
