using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes what is not a number as null, for JSON has no other word for it.</summary>
internal abstract class FiniteNumberConverter<T> : JsonConverter<T>
    where T : struct, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Results are written, never read.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (T.IsFinite(value))
        {
            WriteNumber(writer, value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    protected abstract void WriteNumber(Utf8JsonWriter writer, T value);
}
