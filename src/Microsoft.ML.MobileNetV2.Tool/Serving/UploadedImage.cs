using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Reads the image of a request into memory: the body itself, or the first file of a form.</summary>
internal static class UploadedImage
{
    private const string FormType = "multipart/form-data";

    /// <summary>RFC 2046, section 5.1.1.</summary>
    private const int MaxBoundaryLength = 70;

    /// <exception cref="BadHttpRequestException">There is no image, the form is damaged, or the upload is too large.</exception>
    internal static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream image = new();
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
        {
            await ReadFormAsync(request, type, image, cancellationToken);
        }
        else
        {
            await request.Body.CopyToAsync(image, cancellationToken);
        }

        return image.Length > 0
            ? image.GetBuffer().AsMemory(0, (int)image.Length)
            : throw new BadHttpRequestException("The request has no image. Send the file as the body, or as a file of a form (multipart/form-data).");
    }

    private static async Task ReadFormAsync(HttpRequest request, MediaTypeHeaderValue type, MemoryStream image, CancellationToken cancellationToken)
    {
        string boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= MaxBoundaryLength } value
            ? value
            : throw new BadHttpRequestException($"The type {FormType} needs a boundary of at most {MaxBoundaryLength} characters.");
        MultipartReader reader = new(boundary, request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.AsFileSection() is { FileStream: { } file })
                {
                    await file.CopyToAsync(image, cancellationToken);
                    return;
                }
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not (BadHttpRequestException or ConnectionResetException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new BadHttpRequestException($"The form is damaged: {error.Message}", error);
        }
    }
}
