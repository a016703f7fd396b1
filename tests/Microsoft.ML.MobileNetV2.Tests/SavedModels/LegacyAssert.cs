using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.SavedModels;

/// <summary>Compares the results of a model that was loaded today with those of its time.</summary>
internal static class LegacyAssert
{
    /// <summary>
    /// Float32 sums in another order, relative to the largest score: ONNX Runtime computed the scores of those models, and other processors add in
    /// another order, too. The regression's score differs by 1.1e-5, the binary one's by 1.3e-5.
    /// </summary>
    private const double RelativeTolerance = 3e-5;

    internal static void Same(LegacyResult expected, ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        DataViewSchema.Column score = scored.Schema["Score"];
        string[] columns = [.. scored.Schema
            .Where(column => !column.IsHidden && rows.Schema.GetColumnOrNull(column.Name) is null)
            .Select(column => $"{column.Name}: {column.Type}")];
        Assert.AreSequenceEqual(expected.Columns, columns);
        Assert.AreSequenceEqual(expected.SlotNames, SlotNames(score));
        Assert.AreSequenceEqual(expected.PredictedLabels, PredictedLabels(scored));
        Close(expected.Scores, score.Type is VectorDataViewType ? scored.GetColumn<float[]>(score) : AsRows(scored.GetColumn<float>(score)));
        Close(AsRows(expected.Probabilities), AsRows(Numbers(scored, "Probability")));
    }

    internal static void Close(IEnumerable<float[]> expected, IEnumerable<float[]> actual)
    {
        float[][] expectedRows = [.. expected];
        float[][] actualRows = [.. actual];
        Assert.HasCount(expectedRows.Length, actualRows);
        double tolerance = RelativeTolerance * expectedRows.SelectMany(row => row).Select(Math.Abs).DefaultIfEmpty().Max();
        for (int row = 0; row < expectedRows.Length; row++)
        {
            Assert.HasCount(expectedRows[row].Length, actualRows[row], $"row {row}");
            for (int i = 0; i < expectedRows[row].Length; i++)
            {
                Assert.AreEqual(expectedRows[row][i], actualRows[row][i], tolerance, $"row {row}, score {i}");
            }
        }
    }

    private static IEnumerable<float[]> AsRows(IEnumerable<float> values) => values.Select(value => new[] { value });

    private static IEnumerable<float> Numbers(IDataView view, string column) =>
        view.Schema.GetColumnOrNull(column) is null ? [] : view.GetColumn<float>(column);

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (column.HasSlotNames())
        {
            column.GetSlotNames(ref names);
        }

        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static IEnumerable<string> PredictedLabels(IDataView scored)
    {
        const string Name = "PredictedLabel";
        return scored.Schema.GetColumnOrNull(Name)?.Type switch
        {
            null => [],
            VectorDataViewType => scored.GetColumn<bool[]>(Name).Select(flags => string.Join(' ', flags)),
            BooleanDataViewType => scored.GetColumn<bool>(Name).Select(flag => flag.ToString()),
            KeyDataViewType => new MLContext().Transforms.Conversion.MapKeyToValue(Name).Fit(scored).Transform(scored).GetColumn<string>(Name),
            _ => scored.GetColumn<string>(Name),
        };
    }
}
