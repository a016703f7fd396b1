using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes numbers of 64 bits.</summary>
internal sealed class FiniteDoubleConverter : FiniteNumberConverter<double>
{
    /// <inheritdoc/>
    protected override void WriteNumber(Utf8JsonWriter writer, double value) => writer.WriteNumberValue(value);
}
