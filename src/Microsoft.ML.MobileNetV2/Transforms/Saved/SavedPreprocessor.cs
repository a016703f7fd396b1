using System.Collections.Concurrent;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Preprocesses images in a saved featurizer, with the same code as before saving, and with settings that come with each row.</summary>
internal sealed class SavedPreprocessor
{
    private static readonly ConcurrentDictionary<string, SavedPreprocessor> BySettings = new(StringComparer.Ordinal);
    private readonly ImagePreprocessor _preprocessor;
    private readonly bool _throws;

    private SavedPreprocessor(SavedSettings settings)
    {
        _preprocessor = new(settings.Preprocessing, settings.Decoding);
        PixelFormat = new(settings.PixelLayout, settings.PixelRange);
        _throws = settings.UnreadableImages == UnreadableImageHandling.Throw;
    }

    /// <summary>Gets the format of a column of pixels.</summary>
    internal PixelFormat PixelFormat { get; }

    /// <summary>Returns the preprocessor for the settings of a row; made once for all rows.</summary>
    internal static SavedPreprocessor For(SettingsRow row)
    {
        VBuffer<ReadOnlyMemory<char>> settings = row.Settings;
        return BySettings.GetOrAdd(settings.GetItemOrDefault(0).ToString(), json => new(SavedSettings.FromJson(json)));
    }

    /// <summary>Writes the network's input; NaN where the image cannot be read and rows are to get missing features.</summary>
    internal void Process(ImageInput input, NetworkInputRow row)
    {
        VBuffer<float> pixels = row.Pixels;
        VBufferEditor<float> editor = VBufferEditor.Create(ref pixels, 3 * _preprocessor.Preprocessing.InputSize * _preprocessor.Preprocessing.InputSize);
        try
        {
            input.Preprocess(_preprocessor, view: null, editor.Values);
        }
        catch (Exception e) when (!_throws && ImagePreprocessor.IsUnreadable(e))
        {
            editor.Values.Fill(float.NaN);
        }

        row.Pixels = editor.Commit();
    }
}
