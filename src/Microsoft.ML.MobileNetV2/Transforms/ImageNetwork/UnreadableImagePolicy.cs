using System.Globalization;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Carries out what the user chose for images that cannot be read, and counts them.</summary>
internal sealed class UnreadableImagePolicy(ImageNetworkSettings settings)
{
    private long _count;

    internal bool SkipsRows => settings.UnreadableImages == UnreadableImageHandling.SkipRow;

    internal long Count => Interlocked.Read(ref _count);

    /// <summary>Looks at a row that is complete, once: returns false where it is to be left out, and makes its output missing where the user wants that.</summary>
    internal bool Accept(ImageWorkItem item)
    {
        WarnOfDamage(item);
        if (item.Error is null || settings.UnreadableImages == UnreadableImageHandling.Throw || !ImagePreprocessor.IsUnreadable(item.Error))
        {
            return true;
        }

        Interlocked.Increment(ref _count);
        settings.OnUnreadableImage?.Invoke(new() { RowIndex = item.Index, ColumnName = settings.InputColumnName, Reason = item.Error });
        if (SkipsRows)
        {
            return false;
        }

        item.SetMissing();
        return true;
    }

    private void WarnOfDamage(ImageWorkItem item)
    {
        if (item is { Error: null, Input.Damage: { } damage })
        {
            settings.Logger.LogWarning("{Image}: the JPEG is damaged, and is taken as the decoder makes it: {Damage}", Describe(item.Index), damage);
        }
    }

    /// <summary>Throws what went wrong with a row, with the row's position where the image is to blame.</summary>
    internal void ThrowIfFailed(ImageWorkItem item)
    {
        if (item.Error is not null)
        {
            if (IsOfTheProgram(item.Error))
            {
                ExceptionDispatchInfo.Throw(item.Error);
            }

            throw new InvalidOperationException($"{Describe(item.Index)}: {item.Error.Message}", item.Error);
        }
    }

    /// <summary>Returns whether an error has to do with the state of the program rather than with an image.</summary>
    /// <remarks>A disposed engine is named in the exception; a disposed image has no name.</remarks>
    private static bool IsOfTheProgram(Exception error) =>
        error is OutOfMemoryException or OperationCanceledException or ObjectDisposedException { ObjectName.Length: > 0 };

    private string Describe(long rowIndex) => rowIndex < 0
        ? $"Column '{settings.InputColumnName}'"
        : string.Create(CultureInfo.InvariantCulture, $"Row {rowIndex}, column '{settings.InputColumnName}'");
}
