using System.Globalization;
using System.Net;
using System.Text;

namespace ImageSearch;

/// <summary>Writes a page with what was found, to look at.</summary>
/// <param name="embedsImages">Whether the images are part of the page, because they are deleted, rather than shown from where they are.</param>
internal sealed class ContactSheet(bool embedsImages)
{
    private readonly StringBuilder _page = new("""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Image search</title>
        <style>
        body { font: 14px sans-serif; margin: 2em; }
        .row { display: flex; flex-wrap: wrap; gap: 1em; margin-bottom: 1em; }
        figure { margin: 0; width: 12em; overflow-wrap: anywhere; }
        img { width: 100%; height: 12em; object-fit: contain; background: #eee; }
        </style>
        </head>
        <body>

        """);

    /// <summary>Adds a heading.</summary>
    internal void AddTitle(string title) => _page.AppendLine(CultureInfo.InvariantCulture, $"<h1>{WebUtility.HtmlEncode(title)}</h1>");

    /// <summary>Adds images beside each other.</summary>
    internal void AddRow(IEnumerable<Neighbor> images)
    {
        _page.AppendLine("<div class=\"row\">");
        foreach ((string path, float distance) in images)
        {
            string name = WebUtility.HtmlEncode(Path.Combine(ImageFile.FolderOf(path), Path.GetFileName(path)));
            string source = WebUtility.HtmlEncode(SourceOf(path));
            _page.AppendLine(CultureInfo.InvariantCulture, $"<figure><img src=\"{source}\" alt=\"{name}\"><figcaption>{distance:0.000}<br>{name}</figcaption></figure>");
        }

        _page.AppendLine("</div>");
    }

    internal void Save(string path) => File.WriteAllText(path, $"{_page}</body>\n</html>\n");

    private string SourceOf(string path) => embedsImages
        ? $"data:{MediaTypeOf(path)};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}"
        : new Uri(path).AbsoluteUri;

    private static string MediaTypeOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".BMP" => "image/bmp",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        _ => "image/jpeg",
    };
}
