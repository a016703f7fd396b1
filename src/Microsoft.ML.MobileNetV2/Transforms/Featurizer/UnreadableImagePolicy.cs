using System.Globalization;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Carries out what the user chose for images that cannot be read, and counts them.</summary>
internal sealed class UnreadableImagePolicy(FeaturizerSettings settings)
{
    private long _count;

    internal bool SkipsRows => settings.UnreadableImages == UnreadableImageHandling.SkipRow;

    internal long Count => Interlocked.Read(ref _count);

    /// <summary>Looks at a row that is complete, once: returns false where it is to be left out, and makes its output missing where the user wants that.</summary>
    internal bool Accept(ImageWorkItem slot)
    {
        if (slot.Error is null || settings.UnreadableImages == UnreadableImageHandling.Throw || !ImagePreprocessor.IsUnreadable(slot.Error))
        {
            return true;
        }

        Interlocked.Increment(ref _count);
        settings.OnUnreadableImage?.Invoke(new(slot.Index, settings.InputColumnName, slot.Error));
        if (SkipsRows)
        {
            return false;
        }

        slot.SetMissing();
        return true;
    }

    /// <summary>Throws what went wrong with a row, saying which row it was.</summary>
    internal void ThrowIfFailed(ImageWorkItem slot)
    {
        if (slot.Error is not null)
        {
            throw new InvalidOperationException($"{Describe(slot.Index)}: {slot.Error.Message}", slot.Error);
        }
    }

    private string Describe(long rowIndex) => rowIndex < 0
        ? $"Column '{settings.InputColumnName}'"
        : string.Create(CultureInfo.InvariantCulture, $"Row {rowIndex}, column '{settings.InputColumnName}'");
}
