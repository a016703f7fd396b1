using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents a row of which nothing is needed.</summary>
internal sealed class NoColumns;

/// <summary>Represents the input of the model that outputs the settings.</summary>
internal sealed class StartRow
{
    [ColumnName(SavedColumns.Start)]
    [VectorType(1)]
    public float[] Start { get; set; } = [];
}

/// <summary>Represents the settings column of a row in a saved featurizer.</summary>
internal abstract class SettingsRow
{
    [ColumnName(SavedColumns.Settings)]
    [VectorType(1)]
    public VBuffer<ReadOnlyMemory<char>> Settings { get; set; }
}

/// <summary>Represents a row with an image as a path, encoded, or as pixels.</summary>
internal sealed class SavedRow<TImage> : SettingsRow
    where TImage : struct
{
    [ColumnName(SavedColumns.Image)]
    public TImage Image { get; set; }
}

/// <summary>Represents a row with an image in memory.</summary>
internal sealed class SavedImageRow : SettingsRow
{
    [ColumnName(SavedColumns.Image)]
    [AnySizeImage]
    public MLImage? Image { get; set; }
}

/// <summary>Represents a row with the network's input.</summary>
internal sealed class NetworkInputRow
{
    [ColumnName(SavedColumns.Pixels)]
    [VectorType]
    public VBuffer<float> Pixels { get; set; }
}
