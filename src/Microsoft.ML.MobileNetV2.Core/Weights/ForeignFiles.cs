using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Recognizes files that are not read, to say what they are and what to do with them.</summary>
internal static class ForeignFiles
{
    private static readonly (string Signature, int Offset, string Advice)[] Signatures =
    [
        ("TFL3", 4, "it is a TensorFlow Lite model, which is not read. Use the Keras model or the ONNX model that it was made of, before quantization."),
        ("version https://git-lfs", 0, "it is a pointer of Git LFS, not the file itself. Run 'git lfs pull', or download the file from its page."),
        ("<!DOCTYPE", 0, "it is a page of HTML, not weights: the server answered with a page. Check the address, and download the file again."),
        ("<!doctype", 0, "it is a page of HTML, not weights: the server answered with a page. Check the address, and download the file again."),
        ("<html", 0, "it is a page of HTML, not weights: the server answered with a page. Check the address, and download the file again."),
        ("<?xml", 0, "it is XML, not weights: an error of the server, or the description of another format. Download the file again."),
        ("\u001f\u008b", 0, "it is compressed by gzip. Unpack it with gunzip or tar first."),
        ("7z\u00bc\u00af", 0, "it is compressed by 7-Zip. Unpack it first."),
        ("BZh", 0, "it is compressed by bzip2. Unpack it first."),
        ("\u0093NUMPY", 0, "it is an array of NumPy, which holds one tensor. Save the whole network in one of the formats that are read."),
        ("GGUF", 0, "it is a model in the format GGUF, which is not read. Use the PyTorch or safetensors file that it was made of."),
        ("ustar", 257, "it is a tar archive. Unpack it first."),
    ];

    /// <summary>Returns the error for a file that starts with <paramref name="start"/>, which none of the readers knows.</summary>
    internal static WeightsFormatException Unknown(ReadOnlySpan<byte> start, string formats, string source)
    {
        string text = Encoding.Latin1.GetString(start);
        string trimmed = text.TrimStart();
        string? advice = Array.Find(Signatures, known => At(known.Offset == 0 ? trimmed : text, known.Offset, known.Signature)).Advice;
        advice ??= text.Contains("saved_model", StringComparison.Ordinal) || text.StartsWith("\u0008\u0001\u0012", StringComparison.Ordinal)
            ? "it looks like a SavedModel of TensorFlow, which is not read. Load it in Keras and call save_weights, or convert it with tf2onnx."
            : null;
        advice ??= text.StartsWith('\u0080')
            ? "it is a pickle that PyTorch did not write. Save the network with torch.save(model.state_dict(), path)."
            : $"the content is in none of the formats that are read: {formats}.";
        return new(WeightsFormatError.UnknownFormat, source, advice);
    }

    /// <summary>Returns the error for a zip file that is neither PyTorch's nor Keras'.</summary>
    internal static WeightsFormatException UnknownZip(ZipArchive archive, string source)
    {
        string[] names = [.. archive.Entries.Select(entry => entry.FullName)];
        string advice = "it is a zip file without 'data.pkl' or 'model.weights.h5', so neither PyTorch nor Keras wrote it.";
        if (Array.Exists(names, name => name.StartsWith("TransformerChain/", StringComparison.Ordinal) || name == "TrainingInfo/Version.txt"))
        {
            advice = "it is a model saved by ML.NET, not weights. Load it with mlContext.Model.Load, LoadWithMobileNetV2 or ImageClassifier.Load.";
        }
        else if (Array.Exists(names, name => name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            advice = "it is an archive of NumPy's arrays (.npz), which is not read. Save the network in one of the formats that are read.";
        }
        else if (Array.Exists(names, name => name.EndsWith("saved_model.pb", StringComparison.Ordinal)))
        {
            advice = "it is a zipped SavedModel of TensorFlow, which is not read. Load it in Keras and call save_weights, or convert it with tf2onnx.";
        }
        else if (Array.Find(names, name => Path.GetExtension(name) is ".pth" or ".pt" or ".h5" or ".onnx" or ".safetensors") is { } inner)
        {
            advice = $"it is a zip file with '{inner}' inside. Unpack it, and read that file.";
        }

        return new(WeightsFormatError.UnknownFormat, source, advice);
    }

    internal static void RefuseTorchScript(ZipArchive archive, string folder, string source)
    {
        if (archive.GetEntry($"{folder}constants.pkl") is not null || archive.Entries.Any(entry => entry.FullName.StartsWith($"{folder}code/", StringComparison.Ordinal)))
        {
            throw new WeightsFormatException(
                WeightsFormatError.UnknownFormat,
                source,
                "it is a TorchScript program, which is not run. Save its weights alone: torch.save(torch.jit.load(path).state_dict(), 'weights.pth').");
        }

        if (archive.GetEntry($"{folder}byteorder") is { Length: 3 })
        {
            throw new WeightsFormatException(
                WeightsFormatError.UnsupportedDataType, source, "its numbers are big-endian. Save the file again on a little-endian machine.");
        }
    }

    private static bool At(string text, int offset, string signature) =>
        text.Length >= offset + signature.Length && text.AsSpan(offset).StartsWith(signature, StringComparison.Ordinal);
}
