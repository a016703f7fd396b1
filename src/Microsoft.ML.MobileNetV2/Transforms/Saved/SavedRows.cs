using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Is a row before anything is known of it.</summary>
internal sealed class NoColumns;

/// <summary>Is the input of the model that gives the settings.</summary>
internal sealed class StartRow
{
    [ColumnName(SavedColumns.Start)]
    [VectorType(1)]
    public float[] Start { get; set; } = [];
}

/// <summary>Is the settings column of a row in a saved featurizer.</summary>
internal abstract class SettingsRow
{
    [ColumnName(SavedColumns.Settings)]
    [VectorType(1)]
    public VBuffer<ReadOnlyMemory<char>> Settings { get; set; }
}

/// <summary>Is a row whose image is a path.</summary>
internal sealed class SavedPathRow : SettingsRow
{
    [ColumnName(SavedColumns.Image)]
    public ReadOnlyMemory<char> Image { get; set; }
}

/// <summary>Is a row whose image is encoded.</summary>
internal sealed class SavedEncodedRow : SettingsRow
{
    [ColumnName(SavedColumns.Image)]
    [VectorType]
    public VBuffer<byte> Image { get; set; }
}

/// <summary>Is a row whose image is in memory.</summary>
internal sealed class SavedImageRow : SettingsRow
{
    [ColumnName(SavedColumns.Image)]
    [AnySizeImage]
    public MLImage? Image { get; set; }
}

/// <summary>Is a row whose image is a vector of pixels.</summary>
internal sealed class SavedPixelRow : SettingsRow
{
    [ColumnName(SavedColumns.Image)]
    [VectorType]
    public VBuffer<float> Image { get; set; }
}

/// <summary>Is the network's input as a column.</summary>
internal sealed class NetworkInputRow
{
    [ColumnName(SavedColumns.Pixels)]
    [VectorType]
    public VBuffer<float> Pixels { get; set; }
}
