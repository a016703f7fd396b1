using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes numbers of 32 bits.</summary>
internal sealed class FiniteSingleConverter : FiniteNumberConverter<float>
{
    /// <inheritdoc/>
    protected override void WriteNumber(Utf8JsonWriter writer, float value) => writer.WriteNumberValue(value);
}
