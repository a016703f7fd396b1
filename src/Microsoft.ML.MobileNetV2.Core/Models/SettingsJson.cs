using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Writes the settings of a saved model as JSON, and reads them again: the names here are those of the format, whatever the properties are called.</summary>
/// <remarks>It is written by hand since a serializer's converters for these types take the compiler longer than the rest of the model takes to load.</remarks>
internal static class SettingsJson
{
    private const string UnreadableImagesName = "UnreadableImages";

    /// <summary>The name of <see cref="UnreadableImageHandling.ReturnNaN"/> in the format.</summary>
    private const string ReturnNaNName = "MissingFeatures";

    internal static string Write(SavedSettings settings)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            WritePreprocessing(writer, settings.Preprocessing);
            WriteDecoding(writer, settings.Decoding);
            writer.WriteString(
                UnreadableImagesName, settings.UnreadableImages == UnreadableImageHandling.ReturnNaN ? ReturnNaNName : settings.UnreadableImages.ToString());
            WriteUnlessDefault(writer, "PixelLayout", settings.PixelLayout);
            WriteUnlessDefault(writer, "PixelRange", settings.PixelRange);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">The text is no JSON, or not of this form.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    internal static SavedSettings Read(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        JsonMembers members = new(document.RootElement);
        SavedSettings settings = new(
            ReadPreprocessing(members.RequireObject("Preprocessing")),
            ReadDecoding(members.RequireObject("Decoding")),
            ReadUnreadableImages(members))
        {
            PixelLayout = members.Member("PixelLayout", default(PixelLayout)),
            PixelRange = members.Member("PixelRange", default(PixelRange)),
        };
        members.RequireNoOther();
        return settings;
    }

    private static void WritePreprocessing(Utf8JsonWriter writer, ImagePreprocessing preprocessing)
    {
        writer.WriteStartObject("Preprocessing");
        writer.WriteNumber("InputSize", preprocessing.InputSize);
        writer.WriteString("Resize", preprocessing.Resize.ToString());
        writer.WriteNumber("CropRatio", preprocessing.CropFraction);
        writer.WriteString("Interpolation", preprocessing.Interpolation.ToString());
        WriteRgb(writer, "Mean", preprocessing.Mean);
        WriteRgb(writer, "StandardDeviation", preprocessing.StandardDeviation);
        WriteRgb(writer, "Background", preprocessing.Background);
        writer.WriteEndObject();
    }

    private static ImagePreprocessing ReadPreprocessing(JsonMembers members)
    {
        ImagePreprocessing defaults = ImagePreprocessing.TensorFlow;
        ImagePreprocessing preprocessing = new()
        {
            InputSize = members.Int32("InputSize", defaults.InputSize),
            Resize = members.Member("Resize", defaults.Resize),
            CropFraction = members.Single("CropRatio", defaults.CropFraction),
            Interpolation = members.Member("Interpolation", defaults.Interpolation),
            Mean = ReadRgb(members, "Mean", defaults.Mean),
            StandardDeviation = ReadRgb(members, "StandardDeviation", defaults.StandardDeviation),
            Background = ReadRgb(members, "Background", defaults.Background),
        };
        members.RequireNoOther();
        return preprocessing;
    }

    private static void WriteDecoding(Utf8JsonWriter writer, ImageDecodingOptions decoding)
    {
        writer.WriteStartObject("Decoding");
        writer.WriteNumber("MaxPixelCount", decoding.MaxPixelCount);
        writer.WriteBoolean("UseScaledDecoding", decoding.UseScaledDecoding);
        WriteUnlessDefault(writer, "DamagedData", decoding.DamagedData);
        writer.WriteEndObject();
    }

    private static ImageDecodingOptions ReadDecoding(JsonMembers members)
    {
        ImageDecodingOptions defaults = ImageDecodingOptions.Default;
        ImageDecodingOptions decoding = new()
        {
            MaxPixelCount = members.Int64("MaxPixelCount", defaults.MaxPixelCount),
            UseScaledDecoding = members.Boolean("UseScaledDecoding", defaults.UseScaledDecoding),
            DamagedData = members.Member("DamagedData", defaults.DamagedData),
        };
        members.RequireNoOther();
        return decoding;
    }

    private static UnreadableImageHandling ReadUnreadableImages(JsonMembers members)
    {
        if (members.IsText(UnreadableImagesName, ReturnNaNName))
        {
            members.Skip(UnreadableImagesName);
            return UnreadableImageHandling.ReturnNaN;
        }

        return members.Member(UnreadableImagesName, default(UnreadableImageHandling));
    }

    private static void WriteRgb(Utf8JsonWriter writer, string name, RgbValues values)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("Red", values.Red);
        writer.WriteNumber("Green", values.Green);
        writer.WriteNumber("Blue", values.Blue);
        writer.WriteEndObject();
    }

    private static RgbValues ReadRgb(JsonMembers members, string name, RgbValues fallback)
    {
        if (!members.Contains(name))
        {
            return fallback;
        }

        JsonMembers values = members.RequireObject(name);
        RgbValues result = new(values.Single("Red", 0), values.Single("Green", 0), values.Single("Blue", 0));
        values.RequireNoOther();
        return result;
    }

    /// <summary>Writes what earlier versions do not know only where it differs from what they do.</summary>
    private static void WriteUnlessDefault(Utf8JsonWriter writer, string name, Enum value)
    {
        if (Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0)
        {
            writer.WriteString(name, value.ToString());
        }
    }
}
