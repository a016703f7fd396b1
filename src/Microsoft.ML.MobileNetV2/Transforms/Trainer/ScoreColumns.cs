using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the output of the network as a column, and holds the names of the columns that exist only inside a model.</summary>
internal sealed class ScoreColumns
{
    /// <summary>The name of the column with the output of the network.</summary>
    internal const string Scores = "MobileNetV2.Scores";

    /// <summary>The name of the column with the index of the class with the highest score.</summary>
    internal const string Class = "MobileNetV2.Class";

    internal const string Score = "MobileNetV2.Score";
    internal const string Probability = "MobileNetV2.Probability";
    internal const string IsPositive = "MobileNetV2.IsPositive";

    /// <summary>Gets or sets the output of the network.</summary>
    [ColumnName(Scores)]
    [VectorType]
    public VBuffer<float> Values { get; set; }

    /// <summary>Returns a view without rows that has one column of numbers.</summary>
    internal static IDataView CreateEmptyView(string columnName, DataViewType columnType)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(ScoreColumns));
        definition[Scores].ColumnType = columnType;
        definition[Scores].ColumnName = columnName;
        return new MLContext().Data.LoadFromEnumerable(Array.Empty<ScoreColumns>(), definition);
    }
}
