using Parquet.Schema;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>The columns of a feature file. Names in files never change.</summary>
internal static class FeatureColumns
{
    internal static DataField Path { get; } = new("path", typeof(string), isNullable: false);

    internal static DataField Label { get; } = new("label", typeof(string), isNullable: true);

    /// <summary>Gets the numbers of the lists of features.</summary>
    internal static DataField Feature { get; } = new(ListField.ElementName, typeof(float), isNullable: false);

    internal static DataField Error { get; } = new("error", typeof(string), isNullable: true);

    internal static DataField ContentHash { get; } = new("sha256", typeof(string), isNullable: true);

    internal static ParquetSchema Schema { get; } = new(Path, Label, new ListField("features", Feature), Error, ContentHash);
}
